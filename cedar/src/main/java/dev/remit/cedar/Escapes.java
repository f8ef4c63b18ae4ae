package dev.remit.cedar;

import java.util.ArrayList;
import java.util.List;

/** What a string means once its escapes are undone. */
final class Escapes {
    private final Token token;
    private final String raw;
    private int at;

    private Escapes(Token token) {
        this.token = token;
        this.raw = token.text();
    }

    static String text(Token token) throws Unreadable {
        Escapes escapes = new Escapes(token);
        StringBuilder text = new StringBuilder();
        while (escapes.at < escapes.raw.length()) {
            text.appendCodePoint(escapes.next());
        }
        return text.toString();
    }

    /** As a pattern: {@code *} is the wildcard, and {@code \*} a star. */
    static Glob glob(Token token) throws Unreadable {
        Escapes escapes = new Escapes(token);
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        while (escapes.at < escapes.raw.length()) {
            if (escapes.raw.startsWith("\\*", escapes.at)) {
                escapes.at += 2;
                part.append('*');
                continue;
            }
            int one = escapes.next();
            if (one == '*') {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.appendCodePoint(one);
            }
        }
        parts.add(part.toString());
        return new Glob(List.copyOf(parts));
    }

    private int next() throws Unreadable {
        int one = raw.codePointAt(at);
        at += Character.charCount(one);
        if (one == '\r') {
            throw problem("a carriage return in a string is written \\r");
        }
        return one == '\\' ? escape() : one;
    }

    private int escape() throws Unreadable {
        char kind = raw.charAt(at++);
        return switch (kind) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '0' -> 0;
            case '\\', '\'', '"' -> kind;
            case 'x' -> ascii();
            case 'u' -> unicode();
            default -> throw problem("there is no such escape; a backslash itself is written \\\\");
        };
    }

    private int ascii() throws Unreadable {
        int end = at + 2;
        if (end > raw.length()) {
            throw problem("\\x needs two hexadecimal digits");
        }
        int value = 0;
        while (at < end) {
            value = value * 16 + digit();
        }
        if (value > 0x7f) {
            throw problem("\\x goes up to \\x7F; write \\u{…} for more");
        }
        return value;
    }

    private int unicode() throws Unreadable {
        if (!raw.startsWith("{", at)) {
            throw problem("\\u needs hexadecimal digits in braces: \\u{2014}");
        }
        at++;
        int value = 0;
        int digits = 0;
        while (at < raw.length() && raw.charAt(at) != '}') {
            if (raw.charAt(at) == '_' && digits > 0) {
                at++;
                continue;
            }
            value = value * 16 + digit();
            if (++digits > 6) {
                throw problem("\\u{…} takes at most six digits");
            }
        }
        if (at == raw.length() || digits == 0) {
            throw problem("\\u needs hexadecimal digits in braces: \\u{2014}");
        }
        at++;
        if (!Character.isValidCodePoint(value) || (value >= 0xd800 && value <= 0xdfff)) {
            throw problem("this is no character of Unicode");
        }
        return value;
    }

    private int digit() throws Unreadable {
        int digit = raw.charAt(at) < 128 ? Character.digit(raw.charAt(at), 16) : -1;
        if (digit < 0) {
            throw problem("this is no hexadecimal digit");
        }
        at++;
        return digit;
    }

    private Unreadable problem(String sentence) {
        return new Unreadable(token.offset() + 1 + Math.min(at, raw.length()), sentence);
    }
}
