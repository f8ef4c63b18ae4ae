package dev.remit.passport;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.identity.Jwk;
import dev.remit.identity.Jws;
import java.math.BigInteger;
import java.net.URI;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A decentralized identifier (DID Core 1.0) of one of the three methods that Remit knows. */
public sealed interface Did {
    int LONGEST = 1_024;

    /** The identifier as it is written. */
    String text();

    /** A key that is its own name: {@code did:key} or {@code did:jwk}. */
    record OfKey(String text, Jwk key) implements Did {}

    /** A name in the web, {@code did:web}, and where its document lies. */
    record OfWeb(String text, URI document) implements Did {}

    /** Reads an identifier, without fragment, path or query; empty for any doubt. */
    static Optional<Did> of(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            if (text.startsWith("did:key:")) {
                return Multikey.read(text.substring(8)).map(key -> new OfKey(text, key));
            }
            if (text.startsWith("did:jwk:")) {
                Value.Fields jwk = JsonReader.readFields(Jws.decode(text.substring(8)));
                return Jwk.of(jwk).map(key -> new OfKey(text, key));
            }
            return Web.document(text).map(document -> new OfWeb(text, document));
        } catch (MalformedJson | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The method {@code did:web}: a name in the DNS, perhaps a port, perhaps a path. */
    final class Web {
        private static final Pattern FORM =
                Pattern.compile(
                        "did:web:((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)"
                                + "(?:%3[Aa]([1-9][0-9]{0,4}))?((?::[A-Za-z0-9_-][A-Za-z0-9._-]*)*)");

        private Web() {}

        static Optional<URI> document(String text) {
            Matcher form = FORM.matcher(text);
            if (!form.matches() || form.group(1).matches("[0-9.]+")) {
                return Optional.empty(); // an address is no name
            }
            String port = form.group(2) == null ? "" : ":" + form.group(2);
            String path = form.group(3).replace(':', '/');
            return Optional.of(
                    URI.create(
                            "https://"
                                    + form.group(1)
                                    + port
                                    + (path.isEmpty() ? "/.well-known" : path)
                                    + "/did.json"));
        }
    }

    /** A public key behind its multicodec, in base58-btc (Multikey). */
    final class Multikey {
        private static final String DIGITS =
                "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
        private static final byte[] ED25519 = HexFormat.of().parseHex("ed01");
        private static final byte[] P256 = HexFormat.of().parseHex("8024");
        private static final int LONGEST = 80;
        private static final BigInteger P =
                new BigInteger(
                        "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);
        private static final BigInteger CURVE_B =
                new BigInteger(
                        "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b", 16);

        private Multikey() {}

        static Optional<Jwk> read(String multibase) {
            if (!multibase.startsWith("z") || multibase.length() > LONGEST) {
                return Optional.empty();
            }
            byte[] bytes = base58(multibase.substring(1));
            byte[] codec = Arrays.copyOf(bytes, 2);
            byte[] key = Arrays.copyOfRange(bytes, Math.min(2, bytes.length), bytes.length);
            if (Arrays.equals(codec, ED25519) && key.length == 32) {
                return Jwk.of(
                        Value.object()
                                .put("kty", "OKP")
                                .put("crv", "Ed25519")
                                .put("x", Jws.encode(key))
                                .build());
            }
            return Arrays.equals(codec, P256) && key.length == 33 ? point(key) : Optional.empty();
        }

        /** A compressed point (SEC 1, section 2.3.4); whether it is on the curve, the JWK says. */
        private static Optional<Jwk> point(byte[] key) {
            if (key[0] != 2 && key[0] != 3) {
                return Optional.empty();
            }
            byte[] across = Arrays.copyOfRange(key, 1, 33);
            BigInteger x = new BigInteger(1, across);
            BigInteger square = x.pow(3).subtract(x.multiply(BigInteger.valueOf(3))).add(CURVE_B);
            BigInteger y = square.mod(P).modPow(P.add(BigInteger.ONE).shiftRight(2), P);
            if (y.testBit(0) != (key[0] == 3)) {
                y = P.subtract(y);
            }
            return Jwk.of(
                    Value.object()
                            .put("kty", "EC")
                            .put("crv", "P-256")
                            .put("x", Jws.encode(across))
                            .put("y", Jws.encode(unsigned(y)))
                            .build());
        }

        private static byte[] unsigned(BigInteger number) {
            byte[] bytes = number.toByteArray();
            byte[] whole = new byte[32];
            int length = Math.min(bytes.length, 32);
            System.arraycopy(bytes, bytes.length - length, whole, 32 - length, length);
            return whole;
        }

        private static byte[] base58(String text) {
            BigInteger number = BigInteger.ZERO;
            for (int i = 0; i < text.length(); i++) {
                int digit = DIGITS.indexOf(text.charAt(i));
                if (digit < 0) {
                    throw new IllegalArgumentException("not base58");
                }
                number = number.multiply(BigInteger.valueOf(58)).add(BigInteger.valueOf(digit));
            }
            int zeros = 0;
            while (zeros < text.length() && text.charAt(zeros) == '1') {
                zeros++;
            }
            byte[] bytes = number.signum() == 0 ? new byte[0] : number.toByteArray();
            int sign = bytes.length > 0 && bytes[0] == 0 ? 1 : 0;
            byte[] whole = new byte[zeros + bytes.length - sign];
            System.arraycopy(bytes, sign, whole, zeros, bytes.length - sign);
            return whole;
        }
    }
}
