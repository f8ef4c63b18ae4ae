package dev.remit.decision.intent;

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
    private static final Set<String> BEFORE =
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
    private static final int LONGEST = 12;

    private Requests() {}

    /** A verb and where it ends. */
    record Request(String verb, int end) {}

    /**
     * Whether there is a request, in a {@linkplain Words#normal normal} text, that is as wanted.
     */
    static boolean any(String text, int from, int to, Predicate<Request> wanted) {
        int start = -1;
        int before = -1; // where the word before starts
        int beforeEnd = -1;
        for (int i = from; i <= to; i++) {
            boolean inside = i < to && Character.isLetterOrDigit(text.charAt(i));
            if (inside && start < 0) {
                start = i;
            } else if (!inside && start >= 0) {
                if (i - start <= LONGEST) {
                    String word = text.substring(start, i);
                    if ((VERBS.contains(word) || Languages.all().isVerb(word))
                            && opens(text, from, start, before, beforeEnd)
                            && wanted.test(
                                    new Request(Words.stem(Languages.all().verb(word)), i))) {
                        return true;
                    }
                }
                before = start;
                beforeEnd = i;
                start = -1;
            }
        }
        return false;
    }

    private static boolean opens(String text, int from, int start, int before, int beforeEnd) {
        int at = start - 1;
        while (at >= from && text.charAt(at) == ' ') {
            at--;
        }
        if (at < from) {
            return true;
        }
        if (OPENERS.indexOf(text.charAt(at)) >= 0) {
            return text.charAt(at) != '(';
        }
        return before >= 0
                && beforeEnd == at + 1
                && beforeEnd - before <= LONGEST
                && isBefore(text.substring(before, beforeEnd));
    }

    private static boolean isBefore(String word) {
        return BEFORE.contains(word) || Languages.all().isPlease(word);
    }
}
