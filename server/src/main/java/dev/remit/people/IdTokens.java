package dev.remit.people;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks ID tokens (OpenID Connect Core, section 3.1.3.7). The algorithm follows from the key that
 * the provider published, never from the token: one that names another, none, or one with a shared
 * secret, is refused.
 */
final class IdTokens {
    private static final Duration SKEW = Duration.ofSeconds(60);
    private static final Duration OLDEST = Duration.ofMinutes(10);
    private static final int LONGEST = 32 * 1024;
    private static final Set<JWSAlgorithm> RSA =
            Set.of(
                    JWSAlgorithm.RS256,
                    JWSAlgorithm.RS384,
                    JWSAlgorithm.RS512,
                    JWSAlgorithm.PS256,
                    JWSAlgorithm.PS384,
                    JWSAlgorithm.PS512);

    private IdTokens() {}

    /** What a token must fit. */
    record Expected(String issuer, String clientId, String nonce, Instant now) {}

    /** The token, if it is signed; its claims are not checked yet. */
    static SignedJWT read(String compact) throws ProviderRefused {
        try {
            if (compact.length() > LONGEST) {
                throw new ProviderRefused("the ID token is too long");
            }
            SignedJWT token = SignedJWT.parse(compact);
            if (token.getHeader().getCriticalParams() != null) {
                throw new ProviderRefused("the ID token has extensions that must be understood");
            }
            return token;
        } catch (ParseException e) {
            throw new ProviderRefused("the ID token is not a signed JWT", e);
        }
    }

    /** The key that the token names, if the provider has it and it goes with the algorithm. */
    static Optional<JWK> key(JWSHeader header, JWKSet keys) {
        List<JWK> fitting =
                keys.getKeys().stream()
                        .filter(
                                key ->
                                        header.getKeyID() == null
                                                || header.getKeyID().equals(key.getKeyID()))
                        .filter(
                                key ->
                                        key.getKeyUse() == null
                                                || key.getKeyUse().equals(KeyUse.SIGNATURE))
                        .filter(key -> fits(key, header.getAlgorithm()))
                        .toList();
        return fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty();
    }

    private static boolean fits(JWK key, JWSAlgorithm algorithm) {
        if (key.getAlgorithm() != null && !key.getAlgorithm().equals(algorithm)) {
            return false;
        }
        if (key instanceof RSAKey rsa) {
            return rsa.size() >= 2048 && RSA.contains(algorithm);
        }
        return key instanceof ECKey ec
                && ((ec.getCurve().equals(Curve.P_256) && algorithm.equals(JWSAlgorithm.ES256))
                        || (ec.getCurve().equals(Curve.P_384)
                                && algorithm.equals(JWSAlgorithm.ES384)));
    }

    /** The token's claims, if this key signed it and all of them hold. */
    static JWTClaimsSet check(SignedJWT token, JWK key, Expected expected) throws ProviderRefused {
        try {
            boolean signed =
                    key instanceof AsymmetricJWK pair
                            && token.verify(
                                    new DefaultJWSVerifierFactory()
                                            .createJWSVerifier(
                                                    token.getHeader(), pair.toPublicKey()));
            require(signed, "is not signed by its provider");
            JWTClaimsSet claims = token.getJWTClaimsSet();
            require(expected.issuer().equals(claims.getIssuer()), "is of another issuer");
            require(
                    claims.getAudience().contains(expected.clientId()),
                    "was made for another client");
            String authorized = claims.getStringClaim("azp");
            require(
                    authorized == null
                            ? claims.getAudience().size() == 1
                            : authorized.equals(expected.clientId()),
                    "was made for another client to use");
            require(expected.nonce().equals(claims.getStringClaim("nonce")), "has another nonce");
            requireTime(claims, expected.now());
            require(
                    claims.getSubject() != null
                            && !claims.getSubject().isEmpty()
                            && claims.getSubject().length() <= 255,
                    "does not say who it is about");
            return claims;
        } catch (ParseException | JOSEException e) {
            throw new ProviderRefused("the ID token cannot be checked", e);
        }
    }

    private static void requireTime(JWTClaimsSet claims, Instant now) throws ProviderRefused {
        require(
                claims.getExpirationTime() != null
                        && now.isBefore(claims.getExpirationTime().toInstant().plus(SKEW)),
                "has expired");
        require(
                claims.getIssueTime() != null
                        && !claims.getIssueTime().toInstant().isAfter(now.plus(SKEW))
                        && !claims.getIssueTime().toInstant().isBefore(now.minus(OLDEST)),
                "was not made just now");
        require(
                claims.getNotBeforeTime() == null
                        || !claims.getNotBeforeTime().toInstant().isAfter(now.plus(SKEW)),
                "does not hold yet");
    }

    private static void require(boolean holds, String otherwise) throws ProviderRefused {
        if (!holds) {
            throw new ProviderRefused("the ID token " + otherwise);
        }
    }
}
