package dev.remit.cli.adopt;

import java.util.Optional;

/**
 * Where the value of a top-level name stands in the text of a JSON object, so that it can be
 * replaced and everything else stays as it was written. Comments and trailing commas, which some
 * clients allow, are stepped over.
 *
 * @param from the first character of the value
 * @param to one after its last
 */
record JsonPlace(int from, int to) {

    /** Says that a text is not what it should be. */
    static final class NotJson extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotJson(String what) {
            super(what);
        }
    }

    /**
     * Finds it; empty if there is no such name.
     *
     * @throws NotJson if the text is no object, or has the name twice
     */
    static Optional<JsonPlace> of(String text, String name) {
        return new Scan(text).find(name);
    }

    String in(String text) {
        return text.substring(from, to);
    }

    String replacedBy(String value, String text) {
        return text.substring(0, from) + value + text.substring(to);
    }

    /** One walk over the text. */
    private static final class Scan {
        private final String text;
        private int at;

        Scan(String text) {
            this.text = text;
        }

        Optional<JsonPlace> find(String name) {
            Optional<JsonPlace> found = Optional.empty();
            expect('{');
            skip();
            while (peek() != '}') {
                int start = at;
                string();
                String key = text.substring(start + 1, at - 1);
                expect(':');
                skip();
                int from = at;
                value();
                if (key.equals(name)) {
                    if (found.isPresent()) {
                        throw new NotJson("`" + name + "` stands there twice");
                    }
                    found = Optional.of(new JsonPlace(from, at));
                }
                skip();
                if (peek() == ',') {
                    at++;
                    skip();
                } else if (peek() != '}') {
                    throw new NotJson("a comma is missing");
                }
            }
            return found;
        }

        private void value() {
            int depth = 0;
            do {
                skip();
                char c = peek();
                if (c == '"') {
                    string();
                } else if (c == '{' || c == '[') {
                    depth++;
                    at++;
                } else if (c == '}' || c == ']') {
                    depth--;
                    at++;
                } else if (depth > 0 && (c == ',' || c == ':')) {
                    at++;
                } else {
                    word();
                }
            } while (depth > 0);
        }

        private void word() {
            int start = at;
            while (at < text.length() && isOfWord(text.charAt(at))) {
                at++;
            }
            if (at == start) {
                throw new NotJson("a value is missing");
            }
        }

        private static boolean isOfWord(char c) {
            return Character.isLetterOrDigit(c) || "+-.".indexOf(c) >= 0;
        }

        private void string() {
            if (peek() != '"') {
                throw new NotJson("a name in quotation marks is expected");
            }
            at++;
            while (peek() != '"') {
                at += peek() == '\\' ? 2 : 1;
            }
            at++;
        }

        private void expect(char what) {
            skip();
            if (peek() != what) {
                throw new NotJson("`" + what + "` is expected");
            }
            at++;
        }

        private char peek() {
            if (at >= text.length()) {
                throw new NotJson("it ends in the middle");
            }
            return text.charAt(at);
        }

        private void skip() {
            while (at < text.length()) {
                if (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == '\uFEFF') {
                    at++;
                } else if (text.startsWith("//", at)) {
                    int end = text.indexOf('\n', at);
                    at = end < 0 ? text.length() : end;
                } else if (text.startsWith("/*", at)) {
                    int end = text.indexOf("*/", at + 2);
                    at = end < 0 ? text.length() : end + 2;
                } else {
                    return;
                }
            }
        }
    }
}
