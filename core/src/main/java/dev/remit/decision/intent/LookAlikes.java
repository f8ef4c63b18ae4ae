package dev.remit.decision.intent;

/** Letters of other scripts that cannot be told from Latin ones by eye. */
final class LookAlikes {
    private static final String THEIRS = "аеорсухіјѕһԁԛԝкмтвнгυνοαερικτχ";
    private static final String LATIN = "aeopcyxijshdqwkmtbhruvoaepiktx";

    private LookAlikes() {}

    static String latin(String normal) {
        for (int i = 0; i < normal.length(); i++) {
            if (normal.charAt(i) > 127) {
                return replaced(normal);
            }
        }
        return normal;
    }

    private static String replaced(String normal) {
        StringBuilder out = new StringBuilder(normal.length());
        for (int i = 0; i < normal.length(); i++) {
            int place = THEIRS.indexOf(normal.charAt(i));
            out.append(place < 0 ? normal.charAt(i) : LATIN.charAt(place));
        }
        return out.toString();
    }
}
