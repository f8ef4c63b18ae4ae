package dev.remit.passport;

import dev.remit.call.Value;
import dev.remit.identity.Jwk;
import dev.remit.identity.Jws;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Optional;
import java.util.Set;

/**
 * A key that an issuer signs with: Ed25519, P-256, or RSA of 2048 bits and more. What is weaker or
 * of another kind is none; the algorithm follows from the key, never from what is signed.
 */
sealed interface IssuerKey {
    /** Whether this key made the signature. */
    boolean made(Jws jws);

    static IssuerKey of(Jwk key) {
        return new Curve(key);
    }

    /** Reads a public JWK; empty if it is no key that is taken. */
    static Optional<IssuerKey> of(Value.Fields jwk) {
        String use = jwk.text("use").orElse("sig");
        Optional<String> alg = jwk.text("alg");
        if (!use.equals("sig") || alg.isPresent() != jwk.get("alg").isPresent()) {
            return Optional.empty();
        }
        return jwk.text("kty").equals(Optional.of("RSA"))
                ? Rsa.read(jwk, alg)
                : Jwk.of(jwk)
                        .filter(key -> alg.filter(one -> !key.fits(one)).isEmpty())
                        .map(Curve::new);
    }

    /** Of the two kinds that this gateway uses itself. */
    record Curve(Jwk key) implements IssuerKey {
        @Override
        public boolean made(Jws jws) {
            return jws.isSignedBy(key);
        }
    }

    /** With SHA-256, as PKCS #1 or as PSS (RFC 7518, sections 3.3 and 3.5). */
    record Rsa(PublicKey key, Set<String> algorithms) implements IssuerKey {
        private static final int LEAST_BITS = 2_048;
        private static final int MOST_BITS = 8_192;
        private static final PSSParameterSpec PSS =
                new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);

        static Optional<IssuerKey> read(Value.Fields jwk, Optional<String> alg) {
            Set<String> all = Set.of("RS256", "PS256");
            Set<String> algorithms = alg.map(Set::of).orElse(all);
            try {
                BigInteger modulus = number(jwk, "n");
                BigInteger exponent = number(jwk, "e");
                boolean taken =
                        all.containsAll(algorithms)
                                && jwk.get("d").isEmpty()
                                && modulus.bitLength() >= LEAST_BITS
                                && modulus.bitLength() <= MOST_BITS
                                && modulus.testBit(0)
                                && exponent.testBit(0)
                                && exponent.bitLength() >= 2
                                && exponent.bitLength() <= 33;
                return taken
                        ? Optional.of(
                                new Rsa(
                                        KeyFactory.getInstance("RSA")
                                                .generatePublic(
                                                        new RSAPublicKeySpec(modulus, exponent)),
                                        algorithms))
                        : Optional.empty();
            } catch (IllegalArgumentException | GeneralSecurityException e) {
                return Optional.empty();
            }
        }

        private static BigInteger number(Value.Fields jwk, String name) {
            byte[] bytes = Jws.decode(jwk.text(name).orElse(""));
            return new BigInteger(1, bytes);
        }

        @Override
        public boolean made(Jws jws) {
            String alg = jws.header().text("alg").orElse("");
            if (!algorithms.contains(alg)) {
                return false;
            }
            try {
                Signature check =
                        Signature.getInstance(alg.equals("PS256") ? "RSASSA-PSS" : "SHA256withRSA");
                if (alg.equals("PS256")) {
                    check.setParameter(PSS);
                }
                check.initVerify(key);
                check.update(jws.signed().getBytes(StandardCharsets.US_ASCII));
                return check.verify(Jws.decode(jws.signature()));
            } catch (IllegalArgumentException | GeneralSecurityException e) {
                return false;
            }
        }
    }
}
