package dev.remit.authority;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** ECDSA signatures over P-256 that nobody needed a key for, and good ones written otherwise. */
final class Signatures {
    private static final BigInteger N =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
    private static final String ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private Signatures() {}

    /** With r or s zero, one, the order of the curve or more; as DER; of other lengths. */
    static List<byte[]> worthless() {
        BigInteger one = BigInteger.ONE;
        BigInteger none = BigInteger.ZERO;
        return List.of(
                pair(none, none),
                pair(N, N),
                pair(none, one),
                pair(one, none),
                pair(one, N.add(one)),
                pair(N, none),
                new byte[] {0x30, 0x06, 0x02, 0x01, 0x01, 0x02, 0x01, 0x01},
                new byte[0],
                new byte[96],
                new byte[132]);
    }

    /** The same signature with n-s in the place of s, which is as valid. */
    static String mirrored(String compact) {
        int end = compact.lastIndexOf('.') + 1;
        byte[] both = Base64.getUrlDecoder().decode(compact.substring(end));
        BigInteger r = new BigInteger(1, Arrays.copyOf(both, 32));
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(both, 32, 64));
        return compact.substring(0, end) + Forge.encode(pair(r, N.subtract(s)));
    }

    /** The same text with bits set that the encoding leaves over. */
    static String withStrayBits(String compact) {
        int last = ALPHABET.indexOf(compact.charAt(compact.length() - 1));
        return compact.substring(0, compact.length() - 1) + ALPHABET.charAt(last ^ 1);
    }

    private static byte[] pair(BigInteger r, BigInteger s) {
        byte[] both = new byte[64];
        put(r, both, 0);
        put(s, both, 32);
        return both;
    }

    private static void put(BigInteger number, byte[] into, int at) {
        byte[] bytes = number.toByteArray();
        int from = Math.max(0, bytes.length - 32);
        int length = bytes.length - from;
        System.arraycopy(bytes, from, into, at + 32 - length, length);
    }
}
