package dev.remit.call;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Writes JSON: canonically (RFC 8785, JCS) for everything that is hashed, in the given order for
 * everything else.
 */
public final class JsonWriter {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final boolean sorted;
    private byte[] out = new byte[512];
    private int length;

    private JsonWriter(boolean sorted) {
        this.sorted = sorted;
    }

    /**
     * The canonical form: names sorted by UTF-16 code units, numbers laid out as ECMAScript does.
     * Equal to RFC 8785 for every number that is {@linkplain Value.Num#isInterchangeable()
     * interchangeable}; any other keeps all its digits.
     */
    public static byte[] canonical(Value value) {
        JsonWriter writer = new JsonWriter(true);
        writer.write(value);
        return Arrays.copyOf(writer.out, writer.length);
    }

    /** The same value with names in the order they were written. */
    public static byte[] plain(Value value) {
        JsonWriter writer = new JsonWriter(false);
        writer.write(value);
        return Arrays.copyOf(writer.out, writer.length);
    }

    private void write(Value value) {
        switch (value) {
            case Value.Text(String text) -> text(text);
            case Value.Num(BigDecimal number) -> ascii(number(number));
            case Value.Flag(boolean flag) -> ascii(flag ? "true" : "false");
            case Value.Nothing() -> ascii("null");
            case Value.Items(List<Value> items) -> items(items);
            case Value.Fields(Map<String, Value> fields) -> fields(fields);
        }
    }

    private void items(List<Value> items) {
        put('[');
        for (int i = 0; i < items.size(); i++) {
            if (i > 0) {
                put(',');
            }
            write(items.get(i));
        }
        put(']');
    }

    private void fields(Map<String, Value> fields) {
        Iterable<Map.Entry<String, Value>> entries = fields.entrySet();
        if (sorted && fields.size() > 1) {
            List<Map.Entry<String, Value>> inOrder = new ArrayList<>(fields.entrySet());
            inOrder.sort(Comparator.comparing(Map.Entry::getKey)); // String order is UTF-16 order
            entries = inOrder;
        }
        put('{');
        boolean first = true;
        for (Map.Entry<String, Value> entry : entries) {
            if (!first) {
                put(',');
            }
            first = false;
            text(entry.getKey());
            put(':');
            write(entry.getValue());
        }
        put('}');
    }

    /** Most texts are ASCII without anything to escape, and go straight in. */
    private void text(String text) {
        room(text.length() + 2);
        out[length++] = '"';
        int at = 0;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c < 0x20 || c == '"' || c == '\\' || c > '~') {
                break;
            }
            out[length++] = (byte) c;
        }
        if (at < text.length()) {
            rest(text, at);
        }
        put('"');
    }

    private void rest(String text, int from) {
        int done = from;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c != '"' && c != '\\') {
                continue;
            }
            put(text.substring(done, i).getBytes(StandardCharsets.UTF_8));
            escape(c);
            done = i + 1;
        }
        put(text.substring(done).getBytes(StandardCharsets.UTF_8));
    }

    private void escape(char c) {
        switch (c) {
            case '"' -> ascii("\\\"");
            case '\\' -> ascii("\\\\");
            case '\b' -> ascii("\\b");
            case '\t' -> ascii("\\t");
            case '\n' -> ascii("\\n");
            case '\f' -> ascii("\\f");
            case '\r' -> ascii("\\r");
            default -> {
                ascii("\\u00");
                put(HEX[c >> 4]);
                put(HEX[c & 15]);
            }
        }
    }

    /** ECMA-262, Number::toString, applied to the decimal digits. */
    static String number(BigDecimal number) {
        if (number.signum() == 0) {
            return "0";
        }
        String digits = number.unscaledValue().abs().toString();
        int point = digits.length() - number.scale(); // the value is 0.digits × 10^point
        String body;
        if (digits.length() <= point && point <= 21) {
            body = digits + "0".repeat(point - digits.length());
        } else if (0 < point && point <= 21) {
            body = digits.substring(0, point) + "." + digits.substring(point);
        } else if (-6 < point && point <= 0) {
            body = "0." + "0".repeat(-point) + digits;
        } else {
            String exponent = (point > 0 ? "+" : "") + (point - 1);
            body =
                    digits.charAt(0)
                            + (digits.length() > 1 ? "." + digits.substring(1) : "")
                            + "e"
                            + exponent;
        }
        return number.signum() < 0 ? "-" + body : body;
    }

    private void ascii(String text) {
        put(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void put(int one) {
        room(1);
        out[length++] = (byte) one;
    }

    private void put(byte[] bytes) {
        room(bytes.length);
        System.arraycopy(bytes, 0, out, length, bytes.length);
        length += bytes.length;
    }

    private void room(int more) {
        if (out.length - length < more) {
            out = Arrays.copyOf(out, Math.addExact(Math.max(out.length * 2, length), more));
        }
    }
}
