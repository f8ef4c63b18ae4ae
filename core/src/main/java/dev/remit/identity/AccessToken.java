package dev.remit.identity;

import dev.remit.call.Digest;
import dev.remit.call.Value;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An access token in the form of RFC 9068, bound to a key (RFC 9449, section 6). It names who asks
 * and, at most, the mandate; what is allowed stands in the mandate and can change without a new
 * token.
 */
public record AccessToken(
        String issuer,
        AgentId agent,
        InstanceId instance,
        Optional<MandateId> mandate,
        Digest boundTo,
        String id,
        Instant issuedAt,
        Instant expiresAt) {
    /** The longest a token lives. */
    public static final Duration LONGEST = Duration.ofMinutes(5);

    private static final String TYPE = "at+jwt";

    /** The signed token; audience is the issuer itself. */
    public String sign(PrivateKey key, Jwk publicKey) {
        Value.Fields header =
                Value.object()
                        .put("typ", TYPE)
                        .put("kid", publicKey.thumbprint().base64Url())
                        .build();
        Value.Fields claims =
                Value.object()
                        .put("iss", issuer)
                        .put("aud", issuer)
                        .put("sub", agent.text())
                        .put("client_id", instance.text())
                        .putIf("mandate", mandate.map(id -> Value.of(id.text())))
                        .put("cnf", Value.object().put("jkt", boundTo.base64Url()).build())
                        .put("jti", id)
                        .put("iat", issuedAt.getEpochSecond())
                        .put("exp", expiresAt.getEpochSecond())
                        .build();
        return Jws.sign(header, claims, key);
    }

    /** A token whose signature and form hold, or why they do not; the time is not looked at. */
    sealed interface Reading {
        record Read(AccessToken token) implements Reading {}

        record Bad(Doubt doubt) implements Reading {}
    }

    static Reading read(String compact, String issuer, Jwk key) {
        Optional<Jws> jws = Jws.read(compact);
        if (jws.isEmpty()) {
            return new Reading.Bad(Doubt.TOKEN_MALFORMED);
        }
        if (!jws.get().isSignedBy(key)) {
            return new Reading.Bad(Doubt.TOKEN_SIGNATURE);
        }
        Value.Fields claims = jws.get().claims();
        boolean purpose =
                jws.get().header().text("typ").equals(Optional.of(TYPE))
                        && claims.get("nbf").isEmpty() // this gateway writes none
                        && claims.text("iss").equals(Optional.of(issuer))
                        && claims.text("aud").equals(Optional.of(issuer));
        if (!purpose) {
            return new Reading.Bad(Doubt.TOKEN_PURPOSE);
        }
        try {
            return new Reading.Read(
                    new AccessToken(
                            issuer,
                            new AgentId(claims.text("sub").orElseThrow()),
                            new InstanceId(claims.text("client_id").orElseThrow()),
                            claims.text("mandate").map(MandateId::new),
                            Digest.ofBase64Url(
                                    claims.fields("cnf").orElseThrow().text("jkt").orElseThrow()),
                            claims.text("jti").orElseThrow(),
                            Instant.ofEpochSecond(claims.whole("iat").orElseThrow()),
                            Instant.ofEpochSecond(claims.whole("exp").orElseThrow())));
        } catch (IllegalArgumentException | java.util.NoSuchElementException e) {
            return new Reading.Bad(Doubt.TOKEN_MALFORMED);
        }
    }
}
