package dev.remit.cedar;

import dev.remit.cedar.Token.Kind;
import java.util.List;

/** Cuts a text into its words, one at a time. */
final class Lexer {
    private static final List<String> MARKS =
            List.of(
                    "::", "==", "!=", "<=", ">=", "||", "&&", "@", ".", ",", ";", ":", "(", ")",
                    "{", "}", "[", "]", "<", ">", "+", "-", "*", "/", "%", "!", "=");

    private final String text;
    private int at;

    Lexer(String text) {
        this.text = text;
    }

    Token next() throws Unreadable {
        skip();
        if (at == text.length()) {
            return new Token(Kind.END, "", at);
        }
        int start = at;
        char first = text.charAt(at);
        if (isLetter(first)) {
            return new Token(Kind.NAME, name(start), start);
        }
        if (Digits.is(first)) {
            while (at < text.length() && Digits.is(text.charAt(at))) {
                at++;
            }
            return new Token(Kind.NUMBER, text.substring(start, at), start);
        }
        if (first == '"') {
            return string(start);
        }
        if (first == '?') {
            at++;
            return new Token(Kind.SLOT, name(start), start);
        }
        for (String mark : MARKS) {
            if (text.startsWith(mark, at)) {
                at += mark.length();
                return new Token(Kind.MARK, mark, start);
            }
        }
        throw new Unreadable(start, "this character has no meaning here; take it out");
    }

    private void skip() {
        while (at < text.length()) {
            if (isSpace(text.charAt(at))) {
                at++;
            } else if (text.startsWith("//", at)) {
                while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
                    at++;
                }
            } else {
                return;
            }
        }
    }

    private String name(int start) {
        while (at < text.length() && (isLetter(text.charAt(at)) || Digits.is(text.charAt(at)))) {
            at++;
        }
        return text.substring(start, at);
    }

    private Token string(int start) throws Unreadable {
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        if (at >= text.length()) {
            throw new Unreadable(start, "this string has no end; close it with a quote");
        }
        at++;
        return new Token(Kind.STRING, text.substring(start + 1, at - 1), start);
    }

    private static boolean isLetter(char one) {
        return (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z') || one == '_';
    }

    /** Unicode's white space, which is not Java's. */
    private static boolean isSpace(char one) {
        return (one >= '\t' && one <= '\r')
                || one == '\u0085'
                || one == ' '
                || Character.isSpaceChar(one);
    }
}
