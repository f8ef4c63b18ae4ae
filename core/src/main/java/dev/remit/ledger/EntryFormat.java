package dev.remit.ledger;

import dev.remit.call.Digest;
import dev.remit.call.JsonReader;
import dev.remit.call.JsonWriter;
import dev.remit.call.MalformedJson;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The bytes of an entry, version 1, as {@code docs/reference/ledger.md} writes it down.
 *
 * <pre>
 * leaf := "remit/entry/v1" 0x00 · time i64 (ms since 1970) · kind str · count u16 · count × (name str · value str) · commitment 32 bytes
 * body := salt 16 bytes · canonical JSON (RFC 8785)
 * commitment := SHA-256("remit/body/v1" 0x00 · body)
 * str := length u32 · UTF-8        all numbers big-endian
 * </pre>
 */
public final class EntryFormat {
    public static final int SALT = 16;
    private static final byte[] ENTRY = "remit/entry/v1\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BODY = "remit/body/v1\0".getBytes(StandardCharsets.US_ASCII);

    private EntryFormat() {}

    static byte[] body(EventText text, byte[] salt) {
        if (salt.length != SALT) {
            throw new IllegalArgumentException("a salt has " + SALT + " bytes");
        }
        byte[] json = JsonWriter.canonical(text.body());
        byte[] body = Arrays.copyOf(salt, SALT + json.length);
        System.arraycopy(json, 0, body, SALT, json.length);
        return body;
    }

    /** What the leaf says of its body. */
    public static Digest commitment(byte[] body) {
        return Digest.of(BODY, body);
    }

    static byte[] leaf(Instant at, EventText text, Digest commitment) {
        return leaf(at.toEpochMilli(), text, commitment);
    }

    private static byte[] leaf(long at, EventText text, Digest commitment) {
        byte[] kind = utf8(text.kind());
        byte[][] strings = new byte[text.fields().size() * 2][];
        int length = ENTRY.length + Long.BYTES + Integer.BYTES + kind.length + Short.BYTES + 32;
        int i = 0;
        for (Map.Entry<String, String> field : text.fields().entrySet()) {
            strings[i] = utf8(field.getKey());
            strings[i + 1] = utf8(field.getValue());
            length += 2 * Integer.BYTES + strings[i].length + strings[i + 1].length;
            i += 2;
        }
        ByteBuffer out = ByteBuffer.allocate(length).put(ENTRY).putLong(at);
        put(out, kind);
        out.putShort((short) text.fields().size());
        for (byte[] string : strings) {
            put(out, string);
        }
        return out.put(commitment.bytes()).array();
    }

    private static void put(ByteBuffer out, byte[] string) {
        out.putInt(string.length).put(string);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What a leaf says by itself. */
    public record Leaf(Instant at, String kind, Map<String, String> fields, Digest commitment) {}

    /** Reads a leaf; anything but exactly the form above is an {@link IllegalArgumentException}. */
    public static Leaf readLeaf(byte[] leaf) {
        try {
            ByteBuffer in = ByteBuffer.wrap(leaf);
            byte[] domain = new byte[ENTRY.length];
            in.get(domain);
            if (!Arrays.equals(domain, ENTRY)) {
                throw new IllegalArgumentException("not an entry of version 1");
            }
            Instant at = Instant.ofEpochMilli(in.getLong());
            String kind = string(in);
            int count = Short.toUnsignedInt(in.getShort());
            Map<String, String> fields = new LinkedHashMap<>();
            for (int i = 0; i < count; i++) {
                if (fields.put(string(in), string(in)) != null) {
                    throw new IllegalArgumentException("a field occurs twice");
                }
            }
            byte[] commitment = new byte[32];
            in.get(commitment);
            if (in.hasRemaining()) {
                throw new IllegalArgumentException("there is something after the entry");
            }
            return new Leaf(at, kind, fields, Digest.ofBytes(commitment));
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("the entry ends too early", e);
        }
    }

    private static String string(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("a length is out of range");
        }
        ByteBuffer bytes = in.slice(in.position(), length);
        in.position(in.position() + length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("invalid UTF-8", e);
        }
    }

    /**
     * Reads an entry back; {@link IllegalArgumentException} if the body is not the one the leaf
     * commits to.
     */
    public static Entry read(long index, byte[] leaf, byte[] body) {
        Leaf read = readLeaf(leaf);
        if (!commitment(body).equals(read.commitment())) {
            throw new IllegalArgumentException("the body is not the one that the entry commits to");
        }
        try {
            byte[] json = Arrays.copyOfRange(body, SALT, body.length);
            return new Entry(
                    index,
                    read.at(),
                    new EventText(read.kind(), read.fields(), JsonReader.readFields(json)).read());
        } catch (MalformedJson | RuntimeException e) {
            throw new IllegalArgumentException(
                    "entry " + index + " cannot be read: " + e.getMessage(), e);
        }
    }
}
