package dev.remit.call;

import java.util.ArrayList;
import java.util.List;

/**
 * Somebody else's words, made harmless to look at: what is not seen, turns the direction of other
 * characters or only looks like a Latin letter (Unicode TR 36, TS 39) stands there as a code, and
 * after {@link #MOST} characters it ends.
 */
public final class Quotation {
    /** How many characters of it are shown. */
    public static final int MOST = 600;

    private static final int MOST_MARKS = 2;
    private static final String LIKE_LATIN = // Cyrillic, Greek and Armenian letters
            "асеіјорԛѕԝхуһԁӏьАВСЕНІЈКМОРЅТХУҮԌԜαιοκνρυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧօսոցհյ";

    private Quotation() {}

    /** These words as they may be shown. */
    public static String of(String words) {
        return of(words, MOST);
    }

    /** The same to the end, however long: for what somebody says yes to. */
    public static String whole(String words) {
        return of(words, Integer.MAX_VALUE);
    }

    private static String of(String words, int longest) {
        int[] all = words.codePoints().toArray();
        boolean latin = has(all, Character.UnicodeScript.LATIN);
        StringBuilder shown = new StringBuilder();
        int most = Math.min(all.length, longest);
        for (int at = 0; at < most; ) {
            int end = at;
            while (end < all.length && isOfWord(all[end])) {
                end++;
            }
            end = Math.min(end, most);
            if (end == at) {
                one(shown, all[at++]);
            } else {
                word(shown, all, at, end, latin);
                at = end;
            }
        }
        if (all.length > most) {
            shown.append("… (").append(all.length - most).append(" characters more)");
        }
        return shown.toString();
    }

    private static void word(StringBuilder shown, int[] all, int from, int to, boolean latin) {
        List<Integer> letters = new ArrayList<>();
        for (int at = from; at < to; at++) {
            letters.add(all[at]);
        }
        int[] word = letters.stream().mapToInt(Integer::intValue).toArray();
        boolean mixed = has(word, Character.UnicodeScript.LATIN);
        boolean posing = latin && letters.stream().allMatch(c -> isLikeLatin(c) || c < 0x80);
        int marks = 0;
        for (int c : word) {
            marks = isMark(c) ? marks + 1 : 0;
            boolean foreign = !isLatin(c) && !isMark(c) && c >= 0x80 && Character.isLetter(c);
            if (marks > MOST_MARKS || (foreign && (mixed || posing)) || isDisguised(c)) {
                code(shown, c);
            } else {
                one(shown, c);
            }
        }
    }

    private static void one(StringBuilder shown, int c) {
        if (c == '\n' || c == '\t') {
            shown.append(' ');
        } else if (isUnseen(c) || isDisguised(c)) {
            code(shown, c);
        } else {
            shown.appendCodePoint(c);
        }
    }

    private static void code(StringBuilder shown, int c) {
        shown.append("\\u{").append(Integer.toHexString(c)).append('}');
    }

    private static boolean isOfWord(int c) {
        return Character.isLetterOrDigit(c) || isMark(c);
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }

    private static boolean isLatin(int c) {
        return Character.UnicodeScript.of(c) == Character.UnicodeScript.LATIN;
    }

    private static boolean has(int[] text, Character.UnicodeScript script) {
        for (int c : text) {
            if (Character.UnicodeScript.of(c) == script) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLikeLatin(int c) {
        return LIKE_LATIN.indexOf(c) >= 0;
    }

    /** Whether it is another form of an ASCII character: full width, mathematical, circled. */
    private static boolean isDisguised(int c) {
        boolean full = c >= 0xff01 && c <= 0xff5e;
        boolean mathematical = c >= 0x1d400 && c <= 0x1d7ff;
        boolean circled = (c >= 0x24b6 && c <= 0x24e9) || (c >= 0x1f110 && c <= 0x1f189);
        boolean letterLike = c >= 0x2100 && c <= 0x214f && Character.isLetter(c);
        return full || mathematical || circled || letterLike;
    }

    /** Whether nobody sees it, or it moves what others see. */
    public static boolean isUnseen(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    true;
            default -> c == 0x115f || c == 0x1160 || c == 0x3164 || c == 0xffa0 || c == 0x2800;
        };
    }
}
