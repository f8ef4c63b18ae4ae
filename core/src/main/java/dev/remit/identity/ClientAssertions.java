package dev.remit.identity;

import dev.remit.call.Digest;
import dev.remit.call.Value;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Checks client assertions (RFC 7523, section 3, in the profile of the MCP authorization
 * specification): signed by the client's own key, for this issuer alone, living at most as long as
 * the replay guard remembers, used once.
 */
public final class ClientAssertions {
    private static final byte[] DOMAIN = "remit/assertion/v1\0".getBytes(StandardCharsets.US_ASCII);
    private static final long LONGEST_SECONDS =
            ReplayGuard.MEMORY.toSeconds() - Proofs.WINDOW_SECONDS;
    private static final Pattern CLIENT = Pattern.compile("ins_[0-9A-Za-z_-]{1,64}");

    private final String issuer;
    private final AgentBook agents;
    private final ReplayGuard replays;

    public ClientAssertions(String issuer, AgentBook agents, ReplayGuard replays) {
        this.issuer = issuer;
        this.agents = agents;
        this.replays = replays;
    }

    /** Which client an assertion says that it is from; nothing of it has been checked. */
    public static Optional<String> client(Jws assertion) {
        return assertion.claims().text("iss");
    }

    /** The enrolled instance, of an agent in good standing, that made it; empty for any doubt. */
    public Optional<Instance> instance(Jws assertion, Instant now) {
        Optional<Instance> instance =
                client(assertion)
                        .filter(id -> CLIENT.matcher(id).matches())
                        .flatMap(id -> agents.instance(new InstanceId(id)))
                        .filter(Instance::mayAct)
                        .filter(
                                known ->
                                        agents.agent(known.agent())
                                                .filter(Agent::isGood)
                                                .isPresent());
        Optional<Jwk> key = instance.flatMap(Instance::key);
        return instance.filter(known -> key.isPresent())
                .filter(
                        known ->
                                isOf(
                                        known.id().text(),
                                        assertion,
                                        jws -> jws.isSignedBy(key.orElseThrow()),
                                        now));
    }

    /**
     * Whether this client made the assertion, for this issuer, and it is sent for the first time.
     *
     * @param signed whether a key of the client made the signature
     */
    public boolean isOf(String client, Jws assertion, Predicate<Jws> signed, Instant now) {
        Value.Fields claims = assertion.claims();
        boolean addressed =
                claims.text("iss").equals(Optional.of(client))
                        && claims.text("sub").equals(Optional.of(client))
                        && claims.text("aud").equals(Optional.of(issuer));
        Optional<String> id =
                claims.text("jti").filter(jti -> !jti.isEmpty() && jti.length() <= 256);
        if (!addressed || id.isEmpty() || !isTimely(claims, now) || !signed.test(assertion)) {
            return false;
        }
        Digest once =
                Digest.of(
                        DOMAIN,
                        Digest.of(client.getBytes(StandardCharsets.UTF_8)).bytes(),
                        id.get().getBytes(StandardCharsets.UTF_8));
        return replays.use(once, now) == ReplayGuard.Use.FIRST
                && madeAt(claims).orElseThrow().isAfter(replays.unsureUntil());
    }

    private static boolean isTimely(Value.Fields claims, Instant now) {
        OptionalLong expiresAt = claims.whole("exp");
        Optional<Instant> madeAt = madeAt(claims);
        Instant soon = now.plusSeconds(Proofs.WINDOW_SECONDS);
        boolean begun =
                claims.get("nbf").isEmpty()
                        || claims.whole("nbf").orElse(Long.MAX_VALUE) <= soon.getEpochSecond();
        return begun
                && madeAt.filter(made -> made.getEpochSecond() >= 0 && !made.isAfter(soon))
                        .isPresent()
                && expiresAt.getAsLong() > now.getEpochSecond()
                && expiresAt.getAsLong() <= now.getEpochSecond() + LONGEST_SECONDS;
    }

    /**
     * When it was made; one that does not say so ({@code iat} is optional in RFC 7523, section 3),
     * as early as it can have been.
     */
    private static Optional<Instant> madeAt(Value.Fields claims) {
        OptionalLong expiresAt = claims.whole("exp");
        OptionalLong issuedAt = claims.whole("iat");
        if (expiresAt.isEmpty() || (issuedAt.isEmpty() && claims.get("iat").isPresent())) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Instant.ofEpochSecond(
                            issuedAt.orElse(expiresAt.getAsLong() - LONGEST_SECONDS)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
