package dev.remit.identity;

import dev.remit.call.Value;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What an agent does with its key: proves possession of it (RFC 9449), and says who it is (RFC
 * 7523).
 */
public final class DpopSigner {
    private static final Duration ASSERTION_LIFE = Duration.ofSeconds(60);

    private final KeyPair keys;
    private final Jwk publicKey;

    /** Signs with this Ed25519 or P-256 key. */
    public DpopSigner(KeyPair keys) {
        this.keys = keys;
        this.publicKey = Jwk.of(keys.getPublic());
    }

    public Jwk publicKey() {
        return publicKey;
    }

    /**
     * A proof for one request.
     *
     * @param target the request's URL without query and fragment
     * @param id a fresh random name for the proof
     */
    public String proof(
            String method, String target, Optional<String> accessToken, String id, Instant now) {
        return proof(method, target, accessToken, Optional.empty(), id, now);
    }

    /**
     * A proof for one request to a server that asked for a nonce (RFC 9449, section 8).
     *
     * @param nonce what its answer's {@code DPoP-Nonce} said
     */
    public String proof(
            String method,
            String target,
            Optional<String> accessToken,
            Optional<String> nonce,
            String id,
            Instant now) {
        Value.Fields header =
                Value.object().put("typ", "dpop+jwt").put("jwk", publicKey.members()).build();
        Value.Building claims =
                Value.object()
                        .put("jti", id)
                        .put("htm", method)
                        .put("htu", target)
                        .put("iat", now.getEpochSecond())
                        .putIf("nonce", nonce.map(Value::of));
        accessToken.ifPresent(token -> claims.put("ath", Proofs.tokenHash(token)));
        return Jws.sign(header, claims.build(), keys.getPrivate());
    }

    /** A client assertion ({@code private_key_jwt}) for this authorization server. */
    public String assertion(String client, String issuer, String id, Instant now) {
        Value.Fields header = Value.object().put("typ", "JWT").build();
        Value.Fields claims =
                Value.object()
                        .put("iss", client)
                        .put("sub", client)
                        .put("aud", issuer)
                        .put("jti", id)
                        .put("iat", now.getEpochSecond())
                        .put("exp", now.plus(ASSERTION_LIFE).getEpochSecond())
                        .build();
        return Jws.sign(header, claims, keys.getPrivate());
    }

    /**
     * A passport as its holder shows it to one audience, once (RFC 9901, section 4.3).
     *
     * @param passport an SD-JWT that ends with {@code ~}
     * @param id a fresh random word
     */
    public String presentation(String passport, String audience, String id, Instant now) {
        Value.Fields header = Value.object().put("typ", "kb+jwt").build();
        Value.Fields claims =
                Value.object()
                        .put("aud", audience)
                        .put("nonce", id)
                        .put("iat", now.getEpochSecond())
                        .put("sd_hash", Proofs.tokenHash(passport))
                        .build();
        return passport + Jws.sign(header, claims, keys.getPrivate());
    }

    /** A part of what this key may do, for another key, as the step says. */
    public String delegation(DelegationStep step) {
        return step.sign(keys.getPrivate());
    }
}
