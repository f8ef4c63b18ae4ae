package dev.remit.decision.intent;

import java.text.Normalizer;
import java.util.regex.Pattern;

/** Letters of other scripts that cannot be told from Latin ones by eye. */
final class LookAlikes {
    private static final String THEIRS = "аеорсухіјѕһԁԛԝкмтвнгυνοαερικτχ";
    private static final String LATIN = "aeopcyxijshdqwkmtbhruvoaepiktx";

    private static final char LOWEST = (char) THEIRS.chars().min().orElseThrow();
    private static final char HIGHEST = (char) THEIRS.chars().max().orElseThrow();

    private static final Pattern MARKS = Pattern.compile("\\p{Mn}+");

    private LookAlikes() {}

    /** The same, place for place, with Latin letters for those that look like them. */
    static String latin(String normal) {
        for (int i = 0; i < normal.length(); i++) {
            if (place(normal.charAt(i)) >= 0) {
                return replaced(normal);
            }
        }
        return normal;
    }

    private static int place(char c) {
        return c < LOWEST || c > HIGHEST ? -1 : THEIRS.indexOf(c);
    }

    /**
     * Whether an address only looks like one that the person said, or is written so that it looks
     * like something else.
     */
    static boolean isDisguise(String normal, Plan plan) {
        if (normal.indexOf(' ') >= 0 || normal.indexOf('.') < 0 || plan.says(normal)) {
            return false;
        }
        if (isMixed(normal)) {
            return true;
        }
        String shape = shape(normal);
        for (String said : plan.words().split("[\\s,;<>()\"']+")) {
            String address = withoutEnd(said);
            if (address.indexOf('.') > 0
                    && !address.equals(normal)
                    && shape(address).equals(shape)) {
                return true;
            }
        }
        return false;
    }

    private static String withoutEnd(String said) {
        int end = said.length();
        while (end > 0 && ".:!?".indexOf(said.charAt(end - 1)) >= 0) {
            end--;
        }
        return said.substring(0, end);
    }

    /**
     * Whether a value is not what it looks like: it has characters that nobody sees, or other forms
     * of plain ones.
     */
    static boolean isMasked(String value) {
        return Words.hasUnseen(value)
                || (!Words.isAscii(value) && Words.isAscii(Words.normal(value)));
    }

    private static boolean isMixed(String normal) {
        boolean latin = normal.chars().anyMatch(c -> c >= 'a' && c <= 'z');
        return latin && !replaced(normal).equals(normal);
    }

    /** What an address looks like at a glance. */
    private static String shape(String normal) {
        return latin(Words.isAscii(normal) ? normal : withoutMarks(normal))
                .replace("rn", "m")
                .replace("vv", "w")
                .replace('0', 'o')
                .replace('1', 'l')
                .replace('i', 'l');
    }

    private static String withoutMarks(String normal) {
        String parts = Normalizer.normalize(normal, Normalizer.Form.NFD);
        return MARKS.matcher(parts).replaceAll("").replace('\u0131', 'i').replace('\u0251', 'a');
    }

    private static String replaced(String normal) {
        StringBuilder out = new StringBuilder(normal.length());
        for (int i = 0; i < normal.length(); i++) {
            int place = place(normal.charAt(i));
            out.append(place < 0 ? normal.charAt(i) : LATIN.charAt(place));
        }
        return out.toString();
    }
}
