package dev.remit.call;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads JSON strictly, once: RFC 8259 in the I-JSON profile (RFC 7493).
 *
 * <p>Refused: invalid UTF-8, a byte order mark, unpaired surrogates, a name that occurs twice in
 * one object, nesting deeper than {@value #MAX_DEPTH}, numbers of more than {@value #MAX_NUMBER}
 * characters or with an exponent beyond ±{@value #MAX_EXPONENT}, and anything after the value. Two
 * readers that disagree about one of these would let an agent show one thing to the judge and
 * another to the upstream.
 */
public final class JsonReader {
    static final int MAX_DEPTH = 64;
    static final int MAX_NUMBER = 128;
    static final int MAX_EXPONENT = 400;

    private final byte[] in;
    private int at;

    private JsonReader(byte[] in) {
        this.in = in;
    }

    /** Reads one value that is all there is; the caller bounds the size. */
    public static Value read(byte[] json) throws MalformedJson {
        JsonReader reader = new JsonReader(json);
        Value value = reader.value(0);
        reader.space();
        if (reader.at < json.length) {
            throw reader.fault("there is something after the value");
        }
        return value;
    }

    /** Reads one object. */
    public static Value.Fields readFields(byte[] json) throws MalformedJson {
        if (read(json) instanceof Value.Fields fields) {
            return fields;
        }
        throw new MalformedJson("an object was expected", 0);
    }

    private Value value(int depth) throws MalformedJson {
        if (depth > MAX_DEPTH) {
            throw fault("nested deeper than " + MAX_DEPTH);
        }
        space();
        return switch (peek()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> new Value.Text(string());
            case 't' -> word("true", new Value.Flag(true));
            case 'f' -> word("false", new Value.Flag(false));
            case 'n' -> word("null", new Value.Nothing());
            default -> number();
        };
    }

    private Value object(int depth) throws MalformedJson {
        at++;
        space();
        if (peek() == '}') {
            at++;
            return Value.Fields.EMPTY;
        }
        Members.Gathering fields = new Members.Gathering();
        while (true) {
            space();
            if (peek() != '"') {
                throw fault("a name was expected");
            }
            int start = at;
            String name = string();
            space();
            expect(':');
            if (!fields.put(name, value(depth + 1))) {
                at = start;
                throw fault("a name occurs twice in one object");
            }
            space();
            if (peek() == '}') {
                at++;
                return new Value.Fields(fields.done());
            }
            expect(',');
        }
    }

    private Value array(int depth) throws MalformedJson {
        at++;
        space();
        List<Value> items = new ArrayList<>();
        if (peek() == ']') {
            at++;
            return new Value.Items(items);
        }
        while (true) {
            items.add(value(depth + 1));
            space();
            if (peek() == ']') {
                at++;
                return new Value.Items(items);
            }
            expect(',');
        }
    }

    private String string() throws MalformedJson {
        int start = ++at;
        while (at < in.length && in[at] >= 0x20 && in[at] != '"' && in[at] != '\\') {
            at++;
        }
        if (at < in.length && in[at] == '"') {
            return new String(
                    in, start, at++ - start, StandardCharsets.ISO_8859_1); // all ASCII so far
        }
        at = start;
        return longString();
    }

    private String longString() throws MalformedJson {
        StringBuilder text = new StringBuilder();
        while (true) {
            int start = at;
            while (at < in.length && in[at] != '"' && in[at] != '\\') {
                if (in[at] >= 0 && in[at] < 0x20) {
                    throw fault("a control character in a string");
                }
                at++;
            }
            text.append(utf8(start));
            if (peek() == '"') {
                at++;
                return text.toString();
            }
            at++;
            escape(text);
        }
    }

    private CharSequence utf8(int start) throws MalformedJson {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(in, start, at - start));
        } catch (CharacterCodingException e) {
            at = start;
            throw fault("invalid UTF-8 in the string");
        }
    }

    private void escape(StringBuilder text) throws MalformedJson {
        int escape = peek();
        at++;
        switch (escape) {
            case '"', '\\', '/' -> text.append((char) escape);
            case 'b' -> text.append('\b');
            case 'f' -> text.append('\f');
            case 'n' -> text.append('\n');
            case 'r' -> text.append('\r');
            case 't' -> text.append('\t');
            case 'u' -> unicode(text);
            default -> throw fault("an unknown escape");
        }
    }

    private void unicode(StringBuilder text) throws MalformedJson {
        char first = hex4();
        text.append(first);
        if (Character.isLowSurrogate(first)) {
            throw fault("an unpaired surrogate");
        }
        if (Character.isHighSurrogate(first)) {
            expect('\\');
            expect('u');
            char second = hex4();
            if (!Character.isLowSurrogate(second)) {
                throw fault("an unpaired surrogate");
            }
            text.append(second);
        }
    }

    private char hex4() throws MalformedJson {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0 || in[at] < 0) {
                throw fault("four hex digits were expected");
            }
            code = code << 4 | digit;
            at++;
        }
        return (char) code;
    }

    private Value number() throws MalformedJson {
        int start = at;
        if (peek() == '-') {
            at++;
        }
        int whole = digits();
        if (in[at - whole] == '0' && whole > 1) {
            throw fault("a number starts with 0");
        }
        if (at < in.length && in[at] == '.') {
            at++;
            digits();
        }
        if (at < in.length && (in[at] == 'e' || in[at] == 'E')) {
            at++;
            if (at < in.length && (in[at] == '+' || in[at] == '-')) {
                at++;
            }
            if (digits() > 4) {
                throw fault("a number out of range");
            }
        }
        return checked(start);
    }

    private Value checked(int start) throws MalformedJson {
        if (at - start > MAX_NUMBER) {
            throw fault("a number of more than " + MAX_NUMBER + " characters");
        }
        BigDecimal number =
                new BigDecimal(new String(in, start, at - start, StandardCharsets.ISO_8859_1));
        if (number.signum() != 0
                && Math.abs((long) number.precision() - number.scale()) > MAX_EXPONENT) {
            throw fault("a number out of range");
        }
        return new Value.Num(number);
    }

    private int digits() throws MalformedJson {
        int start = at;
        while (at < in.length && in[at] >= '0' && in[at] <= '9') {
            at++;
        }
        if (at == start) {
            throw fault("a value was expected");
        }
        return at - start;
    }

    private Value word(String word, Value value) throws MalformedJson {
        for (int i = 0; i < word.length(); i++) {
            expect(word.charAt(i));
        }
        return value;
    }

    private void expect(char wanted) throws MalformedJson {
        if (peek() != wanted) {
            throw fault("'" + wanted + "' was expected");
        }
        at++;
    }

    private int peek() throws MalformedJson {
        if (at >= in.length) {
            throw fault("the text ends too early");
        }
        return in[at];
    }

    private void space() {
        while (at < in.length
                && (in[at] == ' ' || in[at] == '\n' || in[at] == '\r' || in[at] == '\t')) {
            at++;
        }
    }

    private MalformedJson fault(String what) {
        return new MalformedJson(what, at);
    }
}
