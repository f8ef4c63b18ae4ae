package dev.remit.decision.intent;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Finds where a text asks its reader to do something: a verb where an imperative stands. */
final class Requests {
    private static final Set<String> VERBS =
            Set.of(
                    ("send email mail forward transfer pay wire delete remove create add invite share"
                                    + " post publish visit open click download grant give update"
                                    + " change buy purchase book cancel reschedule schedule message"
                                    + " write upload move copy execute run install disable enable"
                                    + " unlock lock deposit withdraw refund donate subscribe"
                                    + " unsubscribe register set turn place order dispatch modify edit"
                                    + " replace append concatenate reply notify tell submit approve"
                                    + " accept authorize authorise reserve make go leave autofill fill"
                                    + " contact call announce fetch browse navigate enter put")
                            .split(" "));
    private static final Set<String> OPENING =
            Set.of(
                    "please",
                    "kindly",
                    "do",
                    "you",
                    "just",
                    "simply",
                    "instead",
                    "must",
                    "should",
                    "then",
                    "and",
                    "to",
                    "immediately",
                    "now",
                    "first",
                    "also",
                    "can",
                    "could");
    private static final String OPENERS = ".!?:;,>-*(\"'\n";
    private static final int LONGEST = 15; // characters of a word before
    private static final WordTable ASKING = new WordTable(verbs(1));
    private static final WordTable BEFORE = before();

    private Requests() {}

    /**
     * Whether there is a request, in a {@linkplain Words#normal normal} text, that is as wanted.
     */
    static boolean any(String text, Predicate<String> wanted) {
        char[] chars = text.toCharArray();
        int start = -1;
        for (int i = 0; i <= chars.length; i++) {
            boolean inside = i < chars.length && isInside(chars[i]);
            if (inside && start < 0) {
                start = i;
            } else if (!inside && start >= 0) {
                if (ASKING.marks(chars, start, i) != 0
                        && opens(chars, start)
                        && wanted.test(verb(text.substring(start, i)))) {
                    return true;
                }
                start = -1;
            }
        }
        return false;
    }

    /** The English verb of a request that one of its verbs means, by its stem. */
    static String verb(String word) {
        return Words.stem(Languages.all().verb(word));
    }

    /** Whether the verb that starts here, of those that ask, stands alone where one asks. */
    static boolean isOne(char[] text, int start, int end) {
        return (end == text.length || !Character.isDigit(text[end]))
                && (start == 0 || !Character.isDigit(text[start - 1]))
                && opens(text, start);
    }

    /** The words that ask, each with this mark. */
    static Map<String, Integer> verbs(int mark) {
        Map<String, Integer> marked = new HashMap<>();
        VERBS.forEach(word -> marked.put(word, mark));
        Languages.all().verbs().forEach(word -> marked.put(word, mark));
        return marked;
    }

    private static boolean isInside(char c) {
        return (c >= 'a' && c <= 'z') || Character.isLetterOrDigit(c);
    }

    private static boolean opens(char[] text, int start) {
        int at = start - 1;
        while (at >= 0 && text[at] == ' ') {
            at--;
        }
        if (at < 0) {
            return true;
        }
        if (OPENERS.indexOf(text[at]) >= 0) {
            return text[at] != '(';
        }
        int before = at + 1;
        while (before > 0 && before > at - LONGEST && isInside(text[before - 1])) {
            before--;
        }
        return before <= at && BEFORE.marks(text, before, at + 1) != 0;
    }

    private static WordTable before() {
        Map<String, Integer> marked = new HashMap<>();
        OPENING.forEach(word -> marked.put(word, 1));
        Languages.all().please().forEach(word -> marked.put(word, 1));
        return new WordTable(marked);
    }
}
