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
 *
 * @param audience the resource it is for (RFC 8707): the issuer itself, or an address below it,
 *     without a slash at its end
 * @param person whose consent it goes back to; the agent is then the actor (RFC 8693, section 4.1)
 */
public record AccessToken(
        String issuer,
        String audience,
        Optional<PersonId> person,
        AgentId agent,
        InstanceId instance,
        Optional<MandateId> mandate,
        Digest boundTo,
        String id,
        Instant issuedAt,
        Instant expiresAt) {
    /** The longest a token lives. */
    public static final Duration LONGEST = Duration.ofMinutes(5);

    /** How long a key that was replaced is still taken: for the last token and every clock. */
    public static final Duration OVERLAP = LONGEST.plusMinutes(2);

    private static final String TYPE = "at+jwt";

    /** A token that an agent has in its own name, for all of the issuer. */
    public static AccessToken ofAgent(
            String issuer,
            AgentId agent,
            InstanceId instance,
            Optional<MandateId> mandate,
            Digest boundTo,
            String id,
            Instant issuedAt,
            Instant expiresAt) {
        return new AccessToken(
                issuer,
                issuer,
                Optional.empty(),
                agent,
                instance,
                mandate,
                boundTo,
                id,
                issuedAt,
                expiresAt);
    }

    /** The signed token. */
    public String sign(SigningKeys.Signer by) {
        return sign(by.privateKey(), by.publicKey());
    }

    /** The token, signed with this key. */
    public String sign(PrivateKey key, Jwk publicKey) {
        Value.Fields header =
                Value.object().put("typ", TYPE).put("kid", SigningKeys.kid(publicKey)).build();
        Value.Fields claims =
                Value.object()
                        .put("iss", issuer)
                        .put("aud", audience)
                        .put("sub", person.map(PersonId::text).orElse(agent.text()))
                        .putIf("act", person.map(_ -> actor()))
                        .put("client_id", instance.text())
                        .putIf("mandate", mandate.map(id -> Value.of(id.text())))
                        .put("cnf", Value.object().put("jkt", boundTo.base64Url()).build())
                        .put("jti", id)
                        .put("iat", issuedAt.getEpochSecond())
                        .put("exp", expiresAt.getEpochSecond())
                        .build();
        return Jws.sign(header, claims, key);
    }

    private Value actor() {
        return Value.object().put("iss", issuer).put("sub", agent.text()).build();
    }

    /** Whether it may be used at this path of the issuer. */
    boolean isFor(String path) {
        String below = audience.substring(issuer.length());
        return path.startsWith(below)
                && (path.length() == below.length() || path.charAt(below.length()) == '/');
    }

    /** A token whose signature and form hold, or why not; its own time is not looked at. */
    sealed interface Reading {
        record Read(AccessToken token, Jwk signedBy) implements Reading {}

        record Bad(Doubt doubt) implements Reading {}
    }

    static Reading read(String compact, String issuer, SigningKeys keys, Instant now) {
        Optional<Jws> jws = Jws.read(compact);
        if (jws.isEmpty()) {
            return new Reading.Bad(Doubt.TOKEN_MALFORMED);
        }
        Optional<Jwk> signedBy = keys.maker(jws.get(), OVERLAP, now);
        if (signedBy.isEmpty()) {
            return new Reading.Bad(Doubt.TOKEN_SIGNATURE);
        }
        Value.Fields claims = jws.get().claims();
        boolean purpose =
                jws.get().header().text("typ").equals(Optional.of(TYPE))
                        && claims.get("nbf").isEmpty() // this gateway writes none
                        && claims.text("iss").equals(Optional.of(issuer))
                        && claims.text("aud").filter(to -> isBelow(to, issuer)).isPresent();
        if (!purpose) {
            return new Reading.Bad(Doubt.TOKEN_PURPOSE);
        }
        Optional<Value.Fields> actor = claims.fields("act");
        try {
            return new Reading.Read(
                    new AccessToken(
                            issuer,
                            claims.text("aud").orElseThrow(),
                            actor.flatMap(_ -> claims.text("sub")).map(PersonId::new),
                            new AgentId(actor.orElse(claims).text("sub").orElseThrow()),
                            new InstanceId(claims.text("client_id").orElseThrow()),
                            claims.text("mandate").map(MandateId::new),
                            Digest.ofBase64Url(
                                    claims.fields("cnf").orElseThrow().text("jkt").orElseThrow()),
                            claims.text("jti").orElseThrow(),
                            Instant.ofEpochSecond(claims.whole("iat").orElseThrow()),
                            Instant.ofEpochSecond(claims.whole("exp").orElseThrow())),
                    signedBy.get());
        } catch (IllegalArgumentException | java.util.NoSuchElementException e) {
            return new Reading.Bad(Doubt.TOKEN_MALFORMED);
        }
    }

    /** Whether the address is the issuer's or below it. */
    public static boolean isBelow(String address, String issuer) {
        return address.equals(issuer)
                || (address.startsWith(issuer + "/") && !address.endsWith("/"));
    }
}
