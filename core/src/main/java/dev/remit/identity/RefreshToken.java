package dev.remit.identity;

import dev.remit.call.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * What a client without credentials of its own gets new access tokens with (RFC 6749, section 6).
 * It is good for the key of its instance alone, once: which number is the valid one stands in the
 * books.
 *
 * @param client the client that it was given to
 * @param number how many were used before it
 */
public record RefreshToken(
        String issuer,
        String client,
        InstanceId instance,
        PersonId person,
        MandateId mandate,
        String audience,
        long number,
        Instant expiresAt) {
    /** The longest that the tokens of one consent are renewed. */
    public static final Duration LONGEST = Duration.ofDays(30);

    private static final String TYPE = "rt+jwt";

    /** The next one, with the same end. */
    public RefreshToken next() {
        return new RefreshToken(
                issuer, client, instance, person, mandate, audience, number + 1, expiresAt);
    }

    public String sign(SigningKeys.Signer by) {
        Value.Fields header =
                Value.object().put("typ", TYPE).put("kid", SigningKeys.kid(by.publicKey())).build();
        Value.Fields claims =
                Value.object()
                        .put("iss", issuer)
                        .put("aud", issuer + "/oauth2/token")
                        .put("client_id", client)
                        .put("instance", instance.text())
                        .put("sub", person.text())
                        .put("mandate", mandate.text())
                        .put("resource", audience)
                        .put("number", number)
                        .put("exp", expiresAt.getEpochSecond())
                        .build();
        return Jws.sign(header, claims, by.privateKey());
    }

    /** Reads one of ours that has not expired; whether it is used, the books say. */
    public static Optional<RefreshToken> read(
            String compact, String issuer, SigningKeys keys, Instant now) {
        Optional<Jws> jws =
                Jws.read(compact)
                        .filter(one -> keys.maker(one, LONGEST, now).isPresent())
                        .filter(one -> one.header().text("typ").equals(Optional.of(TYPE)));
        if (jws.isEmpty()) {
            return Optional.empty();
        }
        Value.Fields claims = jws.get().claims();
        boolean ours =
                claims.text("iss").equals(Optional.of(issuer))
                        && claims.text("aud").equals(Optional.of(issuer + "/oauth2/token"));
        if (!ours) {
            return Optional.empty();
        }
        try {
            RefreshToken token =
                    new RefreshToken(
                            issuer,
                            claims.text("client_id").orElseThrow(),
                            new InstanceId(claims.text("instance").orElseThrow()),
                            new PersonId(claims.text("sub").orElseThrow()),
                            new MandateId(claims.text("mandate").orElseThrow()),
                            claims.text("resource").orElseThrow(),
                            claims.whole("number").orElseThrow(),
                            Instant.ofEpochSecond(claims.whole("exp").orElseThrow()));
            return now.isBefore(token.expiresAt()) ? Optional.of(token) : Optional.empty();
        } catch (IllegalArgumentException | NoSuchElementException e) {
            return Optional.empty();
        }
    }
}
