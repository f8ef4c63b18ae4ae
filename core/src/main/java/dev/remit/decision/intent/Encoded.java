package dev.remit.decision.intent;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What is written so that people do not read it: in base64, in hexadecimal digits, with per cent
 * signs, in Unicode's tag characters.
 */
final class Encoded {
    private static final int LONGEST = 100_000;
    private static final int TAGS = 0xe0000; // the block of characters that nobody sees
    private static final int SHORTEST_TAGS = 8; // a flag has at most six

    private Encoded() {}

    /**
     * What codes of this many characters in a text say, one a line; empty if none says anything.
     */
    static String in(String text, int shortest) {
        StringBuilder said = new StringBuilder();
        int start = 0; // no character of a code stands right before
        while (start + shortest <= text.length()) {
            int gap = start + shortest - 1; // most texts have one soon, looking back from there
            while (gap >= start && isCode(text.charAt(gap))) {
                gap--;
            }
            if (gap >= start) {
                start = gap + 1;
                continue;
            }
            int end = start + shortest;
            while (end < text.length() && isCode(text.charAt(end))) {
                end++;
            }
            if (end - start <= LONGEST) {
                String code = text.substring(start, end);
                add(base64(code), said);
                if (code.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
                    add(hexadecimal(code), said);
                }
            }
            start = end + 1;
        }
        if (text.indexOf('%') >= 0) {
            add(percent(text), said);
        }
        return said.toString();
    }

    private static boolean isCode(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '+'
                || c == '/'
                || c == '_'
                || c == '-';
    }

    private static void add(String said, StringBuilder all) {
        if (isText(said)) {
            all.append(said).append('\n');
        }
    }

    private static boolean isText(String said) {
        return !said.isEmpty()
                && said.chars()
                        .noneMatch(c -> (c < ' ' && c != '\n' && c != '\t') || c == '\ufffd');
    }

    private static String base64(String code) {
        try {
            String plain = code.replace('-', '+').replace('_', '/');
            return new String(Base64.getDecoder().decode(plain), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static String hexadecimal(String code) {
        byte[] bytes = new byte[code.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] =
                    (byte)
                            (Character.digit(code.charAt(2 * i), 16) * 16
                                    + Character.digit(code.charAt(2 * i + 1), 16));
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String percent(String text) {
        StringBuilder said = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (text.charAt(i) == '%' && high >= 0 && low >= 0) {
                said.append((char) (high * 16 + low));
                i += 2;
            } else {
                said.append(text.charAt(i));
            }
        }
        return said.toString();
    }

    /** What a text says in tag characters; empty if that is no more than a flag. */
    static String inTags(String text) {
        StringBuilder said = new StringBuilder();
        for (int i = text.indexOf('\udb40'); i >= 0; i = text.indexOf('\udb40', i + 1)) {
            int point = text.codePointAt(i) - TAGS;
            if (point >= ' ' && point < 127) {
                said.append((char) point);
            }
        }
        return said.length() < SHORTEST_TAGS ? "" : said.toString();
    }
}
