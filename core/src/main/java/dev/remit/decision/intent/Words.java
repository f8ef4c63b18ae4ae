package dev.remit.decision.intent;

import dev.remit.call.Quotation;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Text as the rules compare it. */
final class Words {
    private static final Map<String, String> IRREGULAR =
            Map.ofEntries(
                    Map.entry("sent", "send"),
                    Map.entry("paid", "pay"),
                    Map.entry("bought", "buy"),
                    Map.entry("wrote", "write"),
                    Map.entry("written", "write"),
                    Map.entry("made", "make"),
                    Map.entry("gave", "give"),
                    Map.entry("given", "give"),
                    Map.entry("told", "tell"),
                    Map.entry("kept", "keep"),
                    Map.entry("taken", "take"),
                    Map.entry("took", "take"),
                    Map.entry("found", "find"),
                    Map.entry("withdrawn", "withdraw"),
                    Map.entry("withdrew", "withdraw"),
                    Map.entry("withdrawal", "withdraw"),
                    Map.entry("people", "person"),
                    Map.entry("cancellation", "cancel"),
                    Map.entry("rescindment", "rescind"),
                    Map.entry("creation", "create"),
                    Map.entry("deletion", "delete"),
                    Map.entry("removal", "remove"),
                    Map.entry("activation", "activate"),
                    Map.entry("acquisition", "acquire"),
                    Map.entry("invitation", "invite"),
                    Map.entry("transmission", "transmit"),
                    Map.entry("submission", "submit"),
                    Map.entry("confirmation", "confirm"),
                    Map.entry("purchase", "purchase"),
                    Map.entry("payment", "pay"),
                    Map.entry("reservation", "reserve"),
                    Map.entry("registration", "register"),
                    Map.entry("modification", "modify"));

    private static final char ASCII = 128;
    private static final char DELETE = 127;
    private static final char FIRST_SEPARATOR = 28;

    private Words() {}

    /**
     * One form for what reads the same: compatibility forms resolved (Unicode NFKC), invisible
     * characters gone, lower case, one blank for any space. Characters of another script that only
     * look alike stay different.
     */
    static String normal(String text) {
        if (isNormal(text)) {
            return text;
        }
        char[] form = (isAscii(text) ? text : composed(text)).toCharArray();
        char[] out = new char[form.length];
        int length = 0;
        boolean blank = false;
        boolean foreign = false;
        for (int i = 0; i < form.length; i++) {
            char c = form[i];
            if (c < ASCII ? isBlank(c) : Character.isSpaceChar(c)) {
                blank = length > 0;
                continue;
            }
            boolean plain = c >= ' ' && c < DELETE;
            int point = plain ? c : Character.codePointAt(form, i);
            if (!plain && isUnseen(point)) {
                i += Character.charCount(point) - 1;
                continue;
            }
            if (blank) {
                out[length++] = ' ';
                blank = false;
            }
            if (plain) {
                out[length++] = c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
            } else {
                foreign = true;
                Character.toChars(point, out, length);
                length += Character.charCount(point);
                i += Character.charCount(point) - 1;
            }
        }
        String normal = new String(out, 0, length);
        return foreign ? normal.toLowerCase(Locale.ROOT) : normal;
    }

    /** Whether it is in its one form as it stands; most fields are. */
    private static boolean isNormal(String text) {
        char before = ' ';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= DELETE || (c >= 'A' && c <= 'Z') || (c == ' ' && before == ' ')) {
                return false;
            }
            before = c;
        }
        return text.isEmpty() || before != ' ';
    }

    static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= ASCII) {
                return false;
            }
        }
        return true;
    }

    /** NFKC, run by run between blanks: nothing composes across them. */
    private static String composed(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int start = 0;
        boolean ascii = true;
        for (int i = 0; i <= text.length(); i++) {
            boolean blank = i == text.length() || text.charAt(i) == ' ' || text.charAt(i) == '\n';
            if (!blank) {
                ascii &= text.charAt(i) < ASCII;
                continue;
            }
            if (ascii) {
                out.append(text, start, i);
            } else {
                out.append(Normalizer.normalize(text.substring(start, i), Normalizer.Form.NFKC));
            }
            if (i < text.length()) {
                out.append(text.charAt(i));
            }
            start = i + 1;
            ascii = true;
        }
        return out.toString();
    }

    private static boolean isBlank(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r') || (c >= FIRST_SEPARATOR && c < ' ');
    }

    /** Whether nobody sees it: {@link Quotation#isUnseen}, and what only varies its neighbour. */
    static boolean isUnseen(int point) {
        boolean varies =
                (point >= 0xfe00 && point <= 0xfe0f)
                        || (point >= 0xe0100 && point <= 0xe01ef)
                        || (point >= 0x180b && point <= 0x180f)
                        || point == 0x34f;
        return varies || Quotation.isUnseen(point);
    }

    /** Whether a value has characters in it that nobody sees; spaces and lines are seen. */
    static boolean hasUnseen(String value) {
        for (int i = 0; i < value.length(); ) {
            int point = value.codePointAt(i);
            boolean blank = point < ASCII && isBlank((char) point);
            if ((point < ' ' || point >= DELETE) && !blank && isUnseen(point)) {
                return true;
            }
            i += Character.charCount(point);
        }
        return false;
    }

    /** The words of an identifier: {@code getUser_by-ID2} has get, user, by, id, 2. */
    static List<String> parts(String name) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = Character.isLetter(c);
            if (!letter && !Character.isDigit(c)) {
                cut(part, parts);
                continue;
            }
            if (!part.isEmpty()) {
                char before = part.charAt(part.length() - 1);
                boolean up = Character.isUpperCase(c);
                boolean word =
                        (up && Character.isLowerCase(before))
                                || (up
                                        && Character.isUpperCase(before)
                                        && i + 1 < name.length()
                                        && Character.isLowerCase(name.charAt(i + 1)))
                                || letter != Character.isLetter(before);
                if (word) {
                    cut(part, parts);
                }
            }
            part.append(c);
        }
        cut(part, parts);
        return parts;
    }

    private static void cut(StringBuilder part, List<String> parts) {
        if (!part.isEmpty()) {
            parts.add(part.toString().toLowerCase(Locale.ROOT));
            part.setLength(0);
        }
    }

    /** The runs of letters and digits in a text that is {@linkplain #normal normal}. */
    static List<String> of(String normal) {
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= normal.length(); i++) {
            boolean inside = i < normal.length() && Character.isLetterOrDigit(normal.charAt(i));
            if (inside && start < 0) {
                start = i;
            } else if (!inside && start >= 0) {
                words.add(normal.substring(start, i));
                start = -1;
            }
        }
        return words;
    }

    /** The stems of these words, with blanks between. */
    static Set<String> stems(String words) {
        return Stream.of(words.split(" ")).map(Words::stem).collect(Collectors.toUnmodifiableSet());
    }

    /** What the forms of one English word share; crude, and the same on both sides. */
    static String stem(String word) {
        String known = IRREGULAR.get(word);
        String w = known == null ? word : known;
        int n = w.length();
        if (n > 4 && w.endsWith("ies")) {
            w = w.substring(0, n - 3) + "y";
        } else if (n > 5 && w.endsWith("ing") && hasVowel(w, n - 3)) {
            w = w.substring(0, n - 3);
        } else if (n > 4 && w.endsWith("ied")) {
            w = w.substring(0, n - 3) + "y";
        } else if (n > 4 && w.endsWith("ed") && hasVowel(w, n - 2)) {
            w = w.substring(0, n - 2);
        } else if (n > 4 && (w.endsWith("sses") || w.endsWith("shes") || w.endsWith("ches"))) {
            w = w.substring(0, n - 2);
        } else if (n > 3 && w.endsWith("s") && !w.endsWith("ss") && !w.endsWith("us")) {
            w = w.substring(0, n - 1);
        }
        n = w.length();
        if (n > 3 && w.endsWith("e")) {
            w = w.substring(0, n - 1);
            n--;
        }
        boolean twice = n > 3 && w.charAt(n - 1) == w.charAt(n - 2);
        boolean doubled = twice && "bdgkmnprt".indexOf(w.charAt(n - 1)) >= 0;
        if (doubled || (twice && n > 5 && w.endsWith("ll"))) {
            w = w.substring(0, n - 1);
        }
        return w;
    }

    private static boolean hasVowel(String word, int end) {
        for (int i = 0; i < end; i++) {
            if ("aeiouy".indexOf(word.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether a text holds another as whole words; both {@linkplain #normal normal}. */
    static boolean holds(String text, String part) {
        return at(text, part, 0) >= 0;
    }

    /** Where it does, from here on; -1 if nowhere. */
    static int at(String text, String part, int from) {
        int at = part.isEmpty() ? -1 : text.indexOf(part, from);
        while (at >= 0) {
            int end = at + part.length();
            boolean left = at == 0 || isEdge(text.charAt(at - 1), text.charAt(at));
            boolean right = end == text.length() || isEdge(text.charAt(end), text.charAt(end - 1));
            if (left && right && !isInsideName(text, at, end)) {
                return at;
            }
            at = text.indexOf(part, next(text, at));
        }
        return -1;
    }

    /** Where something may start again that does not start here: not inside the same name. */
    private static int next(String text, int at) {
        int next = at + 1;
        while (next < text.length()
                && isOfName(text.charAt(next - 1))
                && isOfName(text.charAt(next))) {
            next++;
        }
        return next;
    }

    private static boolean isOfName(char c) {
        return Character.isLetterOrDigit(c) || "@.-_+".indexOf(c) >= 0;
    }

    private static boolean isEdge(char outside, char inside) {
        return !Character.isLetterOrDigit(outside) || !Character.isLetterOrDigit(inside);
    }

    /**
     * Whether the place is only a piece of an address: {@code evil.com} in {@code a@evil.com.x}.
     */
    private static boolean isInsideName(String text, int start, int end) {
        boolean before =
                start > 1
                        && "@.-_+/".indexOf(text.charAt(start - 1)) >= 0
                        && Character.isLetterOrDigit(text.charAt(start - 2));
        boolean after =
                end + 1 < text.length()
                        && "@.-_+".indexOf(text.charAt(end)) >= 0
                        && Character.isLetterOrDigit(text.charAt(end + 1));
        return before || after;
    }
}
