package dev.remit.identity;

import dev.remit.call.Digest;
import dev.remit.call.JsonWriter;
import dev.remit.call.Value;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * A public key for signatures, Ed25519 or P-256, in the form of RFC 7517 and RFC 8037; never a
 * private one.
 */
public final class Jwk {
    private static final byte[] ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final byte[] P256 =
            HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004");
    private static final BigInteger P =
            new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);
    private static final BigInteger CURVE_B =
            new BigInteger("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b", 16);
    private static final Set<String> PRIVATE = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    private final Value.Fields members;
    private final Digest thumbprint;
    private final PublicKey key;

    private Jwk(Value.Fields members, byte[] spki) throws GeneralSecurityException {
        this.members = members;
        this.thumbprint = Digest.of(JsonWriter.canonical(members));
        boolean edwards = members.text("kty").orElseThrow().equals("OKP");
        this.key =
                KeyFactory.getInstance(edwards ? "Ed25519" : "EC")
                        .generatePublic(new X509EncodedKeySpec(spki));
    }

    /**
     * Reads a JWK; empty if it is of another kind, not a point of its curve, or holds a private
     * part.
     */
    public static Optional<Jwk> of(Value.Fields jwk) {
        if (jwk.values().keySet().stream().anyMatch(PRIVATE::contains)) {
            return Optional.empty();
        }
        try {
            return switch (jwk.text("kty").orElse("") + " " + jwk.text("crv").orElse("")) {
                case "OKP Ed25519" -> Optional.of(edwards(coordinate(jwk, "x")));
                case "EC P-256" -> weierstrass(coordinate(jwk, "x"), coordinate(jwk, "y"));
                default -> Optional.empty();
            };
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /** The JWK of a key that this machine holds. */
    public static Jwk of(PublicKey key) {
        byte[] spki = key.getEncoded();
        try {
            if (key instanceof EdECPublicKey || key.getAlgorithm().equals("Ed25519")) {
                return edwards(Arrays.copyOfRange(spki, ED25519.length, spki.length));
            }
            if (key instanceof ECPublicKey && isP256(spki)) {
                byte[] point = Arrays.copyOfRange(spki, P256.length, spki.length);
                return weierstrass(Arrays.copyOf(point, 32), Arrays.copyOfRange(point, 32, 64))
                        .orElseThrow();
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform lacks Ed25519 or P-256", e);
        }
        throw new IllegalArgumentException("neither Ed25519 nor P-256: " + key.getAlgorithm());
    }

    private static boolean isP256(byte[] spki) {
        return Arrays.equals(Arrays.copyOf(spki, P256.length), P256);
    }

    private static Jwk edwards(byte[] x) throws GeneralSecurityException {
        Value.Fields members =
                Value.object().put("kty", "OKP").put("crv", "Ed25519").put("x", base64(x)).build();
        return new Jwk(members, join(ED25519, x));
    }

    private static Optional<Jwk> weierstrass(byte[] x, byte[] y) throws GeneralSecurityException {
        BigInteger left = new BigInteger(1, x);
        BigInteger up = new BigInteger(1, y);
        BigInteger right = left.pow(3).subtract(left.multiply(BigInteger.valueOf(3))).add(CURVE_B);
        if (left.compareTo(P) >= 0
                || up.compareTo(P) >= 0
                || up.pow(2).subtract(right).mod(P).signum() != 0) {
            return Optional.empty();
        }
        Value.Fields members =
                Value.object()
                        .put("kty", "EC")
                        .put("crv", "P-256")
                        .put("x", base64(x))
                        .put("y", base64(y))
                        .build();
        return Optional.of(new Jwk(members, join(P256, join(x, y))));
    }

    private static byte[] coordinate(Value.Fields jwk, String name) {
        byte[] bytes = Jws.decode(jwk.text(name).orElse(""));
        if (bytes.length != 32) {
            throw new IllegalArgumentException("a coordinate has 32 bytes");
        }
        return bytes;
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** The required members alone, as the thumbprint hashes them. */
    public Value.Fields members() {
        return members;
    }

    /** RFC 7638, SHA-256. */
    public Digest thumbprint() {
        return thumbprint;
    }

    public PublicKey key() {
        return key;
    }

    /**
     * The one signature algorithm this key is used with, by its JOSE name; a header cannot choose
     * another.
     */
    public boolean fits(String alg) {
        return members.text("kty").orElseThrow().equals("OKP")
                ? alg.equals("EdDSA") || alg.equals("Ed25519")
                : alg.equals("ES256");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Jwk that && thumbprint.equals(that.thumbprint);
    }

    @Override
    public int hashCode() {
        return thumbprint.hashCode();
    }

    @Override
    public String toString() {
        return "Jwk " + thumbprint.base64Url();
    }
}
