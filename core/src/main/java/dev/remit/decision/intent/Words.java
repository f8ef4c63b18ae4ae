package dev.remit.decision.intent;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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

    private Words() {}

    /**
     * One form for what reads the same: compatibility forms resolved (Unicode NFKC), invisible
     * characters gone, lower case, one blank for any space. Characters of another script that only
     * look alike stay different.
     */
    static String normal(String text) {
        boolean plain = true;
        for (int i = 0; i < text.length() && plain; i++) {
            char c = text.charAt(i);
            plain = c >= ' ' && c < 127;
        }
        String form = plain ? text : Normalizer.normalize(text, Normalizer.Form.NFKC);
        StringBuilder out = new StringBuilder(form.length());
        boolean blank = false;
        for (int i = 0; i < form.length(); i++) {
            char c = form.charAt(i);
            if (Character.getType(c) == Character.FORMAT) {
                continue;
            }
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                blank = !out.isEmpty();
                continue;
            }
            if (blank) {
                out.append(' ');
                blank = false;
            }
            out.append(c);
        }
        return out.toString().toLowerCase(Locale.ROOT);
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
        if (part.isEmpty()) {
            return false;
        }
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
            int end = at + part.length();
            boolean left = at == 0 || isEdge(text.charAt(at - 1), text.charAt(at));
            boolean right = end == text.length() || isEdge(text.charAt(end), text.charAt(end - 1));
            if (left && right && !isInsideName(text, at, end)) {
                return true;
            }
        }
        return false;
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
