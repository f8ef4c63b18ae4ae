package dev.remit.identity;

import dev.remit.call.Value;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A passkey's public key as its device gave it (a COSE_Key, RFC 9052, section 7): ES256, Ed25519 or
 * RS256, which are all that passkeys are asked for.
 */
public final class CoseKey {
    private static final int MOST_LABELS = 8;
    private static final int LEAST_BITS = 2_048;
    private static final int MOST_BITS = 8_192;

    private static final int KTY = 1;
    private static final int ALG = 3;
    private static final int FIRST = -1; // crv, or the modulus
    private static final int SECOND = -2; // x, or the exponent
    private static final int THIRD = -3; // y

    private final PublicKey key;
    private final String algorithm;

    private CoseKey(PublicKey key, String algorithm) {
        this.key = key;
        this.algorithm = algorithm;
    }

    /** Reads a key, base64url; empty if it is not strictly one of these. */
    public static Optional<CoseKey> read(String base64Url) {
        try {
            Map<Integer, Object> labels = labels(ByteBuffer.wrap(Jws.decode(base64Url)));
            String curve = labels.get(FIRST) instanceof Integer one ? one.toString() : "none";
            return switch (labels.get(KTY) + " " + labels.get(ALG) + " " + curve) {
                case "2 -7 1" -> elliptic(labels);
                case "1 -8 6" -> edwards(labels);
                case "3 -257 none" -> rsa(labels);
                default -> Optional.empty();
            };
        } catch (IllegalArgumentException | BufferUnderflowException | GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static Optional<CoseKey> elliptic(Map<Integer, Object> labels) {
        only(labels, Set.of(KTY, ALG, FIRST, SECOND, THIRD));
        Value.Fields jwk =
                Value.object()
                        .put("kty", "EC")
                        .put("crv", "P-256")
                        .put("x", Jws.encode(bytes(labels, SECOND)))
                        .put("y", Jws.encode(bytes(labels, THIRD)))
                        .build();
        return Jwk.of(jwk).map(read -> new CoseKey(read.key(), "SHA256withECDSA"));
    }

    private static Optional<CoseKey> edwards(Map<Integer, Object> labels) {
        only(labels, Set.of(KTY, ALG, FIRST, SECOND));
        Value.Fields jwk =
                Value.object()
                        .put("kty", "OKP")
                        .put("crv", "Ed25519")
                        .put("x", Jws.encode(bytes(labels, SECOND)))
                        .build();
        return Jwk.of(jwk).map(read -> new CoseKey(read.key(), "Ed25519"));
    }

    private static Optional<CoseKey> rsa(Map<Integer, Object> labels)
            throws GeneralSecurityException {
        only(labels, Set.of(KTY, ALG, FIRST, SECOND));
        BigInteger modulus = new BigInteger(1, bytes(labels, FIRST));
        BigInteger exponent = new BigInteger(1, bytes(labels, SECOND));
        boolean good =
                modulus.bitLength() >= LEAST_BITS
                        && modulus.bitLength() <= MOST_BITS
                        && exponent.bitLength() >= 2
                        && exponent.bitLength() <= 32
                        && exponent.testBit(0);
        return good
                ? Optional.of(
                        new CoseKey(
                                KeyFactory.getInstance("RSA")
                                        .generatePublic(new RSAPublicKeySpec(modulus, exponent)),
                                "SHA256withRSA"))
                : Optional.empty();
    }

    /** Whether this key signed it. */
    public boolean verifies(byte[] signed, byte[] signature) {
        try {
            Signature check = Signature.getInstance(algorithm);
            check.initVerify(key);
            check.update(signed);
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static void only(Map<Integer, Object> labels, Set<Integer> known) {
        if (!labels.keySet().equals(known)) {
            throw new IllegalArgumentException("not the labels of such a key");
        }
    }

    private static byte[] bytes(Map<Integer, Object> labels, int label) {
        if (labels.get(label) instanceof byte[] bytes) {
            return bytes;
        }
        throw new IllegalArgumentException("a part of the key is of the wrong kind");
    }

    /** A CBOR map from small numbers to small numbers or bytes (RFC 8949), and nothing after it. */
    private static Map<Integer, Object> labels(ByteBuffer in) {
        int head = in.get() & 0xff;
        int count = head & 0x1f;
        if (head >> 5 != 5 || count > MOST_LABELS) {
            throw new IllegalArgumentException("not a map");
        }
        Map<Integer, Object> labels = new HashMap<>();
        for (int i = 0; i < count; i++) {
            if (!(item(in) instanceof Integer label) || labels.put(label, item(in)) != null) {
                throw new IllegalArgumentException("not a label, or twice");
            }
        }
        if (in.hasRemaining()) {
            throw new IllegalArgumentException("there is something after the key");
        }
        return labels;
    }

    private static Object item(ByteBuffer in) {
        int head = in.get() & 0xff;
        int number = number(in, head & 0x1f);
        return switch (head >> 5) {
            case 0 -> number;
            case 1 -> -1 - number;
            case 2 -> {
                if (number > in.remaining()) {
                    throw new IllegalArgumentException("a length is out of range");
                }
                byte[] bytes = new byte[number];
                in.get(bytes);
                yield bytes;
            }
            default -> throw new IllegalArgumentException("neither a number nor bytes");
        };
    }

    /** In the shortest form alone (RFC 8949, section 4.2.1), and of at most two bytes. */
    private static int number(ByteBuffer in, int said) {
        if (said < 24) {
            return said;
        }
        int number =
                switch (said) {
                    case 24 -> in.get() & 0xff;
                    case 25 -> in.getShort() & 0xffff;
                    default -> throw new IllegalArgumentException("too large a number");
                };
        if (number < (said == 24 ? 24 : 256)) {
            throw new IllegalArgumentException("not the shortest form");
        }
        return number;
    }
}
