package dev.remit.call;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A SHA-256 hash (FIPS 180-4), held by value so that it compares and keys maps without an array.
 *
 * @param a the first eight of the 32 bytes, big-endian; {@code b}, {@code c}, {@code d} follow
 */
public record Digest(long a, long b, long c, long d) implements Comparable<Digest> {

    /**
     * Hashes the parts one after the other; the caller sees to it that they cannot be split
     * differently.
     */
    public static Digest of(byte[]... parts) {
        MessageDigest sha = sha256();
        for (byte[] part : parts) {
            sha.update(part);
        }
        return ofBytes(sha.digest());
    }

    /** Reads exactly 32 bytes. */
    public static Digest ofBytes(byte[] bytes) {
        if (bytes.length != 32) {
            throw new IllegalArgumentException("a digest has 32 bytes, not " + bytes.length);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new Digest(in.getLong(), in.getLong(), in.getLong(), in.getLong());
    }

    /** Reads what {@link #base64Url()} wrote. */
    public static Digest ofBase64Url(String text) {
        return ofBytes(Base64.getUrlDecoder().decode(text));
    }

    /** Reads what {@link #hex()} wrote. */
    public static Digest ofHex(String text) {
        return ofBytes(HexFormat.of().parseHex(text));
    }

    public byte[] bytes() {
        return ByteBuffer.allocate(32).putLong(a).putLong(b).putLong(c).putLong(d).array();
    }

    public String base64Url() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes());
    }

    public String hex() {
        return HexFormat.of().formatHex(bytes());
    }

    @Override
    public int compareTo(Digest other) {
        int order = Long.compareUnsigned(a, other.a);
        order = order != 0 ? order : Long.compareUnsigned(b, other.b);
        order = order != 0 ? order : Long.compareUnsigned(c, other.c);
        return order != 0 ? order : Long.compareUnsigned(d, other.d);
    }

    @Override
    public String toString() {
        return hex();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
