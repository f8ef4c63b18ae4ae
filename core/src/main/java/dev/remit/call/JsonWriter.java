package dev.remit.call;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Writes JSON: canonically (RFC 8785, JCS) for everything that is hashed, in the given order for
 * everything else.
 */
public final class JsonWriter {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    private final boolean sorted;

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
        return writer.out.toByteArray();
    }

    /** The same value with names in the order they were written. */
    public static byte[] plain(Value value) {
        JsonWriter writer = new JsonWriter(false);
        writer.write(value);
        return writer.out.toByteArray();
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
        out.write('[');
        for (int i = 0; i < items.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            write(items.get(i));
        }
        out.write(']');
    }

    private void fields(Map<String, Value> fields) {
        List<Map.Entry<String, Value>> entries = new ArrayList<>(fields.entrySet());
        if (sorted) {
            entries.sort(Comparator.comparing(Map.Entry::getKey)); // String order is UTF-16 order
        }
        out.write('{');
        for (int i = 0; i < entries.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            text(entries.get(i).getKey());
            out.write(':');
            write(entries.get(i).getValue());
        }
        out.write('}');
    }

    private void text(String text) {
        out.write('"');
        int done = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c != '"' && c != '\\') {
                continue;
            }
            out.writeBytes(text.substring(done, i).getBytes(StandardCharsets.UTF_8));
            escape(c);
            done = i + 1;
        }
        out.writeBytes((done == 0 ? text : text.substring(done)).getBytes(StandardCharsets.UTF_8));
        out.write('"');
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
                out.write(HEX[c >> 4]);
                out.write(HEX[c & 15]);
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
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
}
