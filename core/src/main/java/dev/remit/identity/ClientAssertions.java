package dev.remit.identity;

import dev.remit.call.Digest;
import dev.remit.call.Value;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Checks client assertions (RFC 7523, section 3, in the profile of the MCP authorization
 * specification): signed by the client's enrolled key, for this issuer alone, living at most as
 * long as the replay guard remembers, used once.
 */
public final class ClientAssertions {
    private static final Pattern CLIENT = Pattern.compile("ins_[0-9A-Za-z_-]{1,64}");

    private final String issuer;
    private final AgentBook agents;
    private final ReplayGuard replays;

    public ClientAssertions(String issuer, AgentBook agents, ReplayGuard replays) {
        this.issuer = issuer;
        this.agents = agents;
        this.replays = replays;
    }

    /** The enrolled instance that made this assertion; empty for any doubt. */
    public Optional<Instance> instance(String assertion, Instant now) {
        Optional<Jws> jws = Jws.read(assertion);
        if (jws.isEmpty()) {
            return Optional.empty();
        }
        Value.Fields claims = jws.get().claims();
        Optional<String> client = claims.text("iss").filter(id -> CLIENT.matcher(id).matches());
        boolean addressed =
                claims.text("sub").equals(client) && claims.text("aud").equals(Optional.of(issuer));
        Optional<String> id =
                claims.text("jti").filter(jti -> !jti.isEmpty() && jti.length() <= 256);
        if (client.isEmpty() || !addressed || id.isEmpty() || !isTimely(claims, now)) {
            return Optional.empty();
        }
        Optional<Instance> instance =
                agents.instance(new InstanceId(client.get())).filter(known -> !known.revoked());
        if (instance.isEmpty() || !jws.get().isSignedBy(instance.get().key())) {
            return Optional.empty();
        }
        byte[] name = ("assertion " + id.get()).getBytes(StandardCharsets.UTF_8);
        Digest once = Digest.of(instance.get().key().thumbprint().bytes(), name);
        boolean first =
                replays.use(once, now) == ReplayGuard.Use.FIRST
                        && Instant.ofEpochSecond(claims.whole("iat").orElseThrow())
                                .isAfter(replays.unsureUntil());
        return first ? instance : Optional.empty();
    }

    private boolean isTimely(Value.Fields claims, Instant now) {
        OptionalLong issuedAt = claims.whole("iat");
        OptionalLong expiresAt = claims.whole("exp");
        if (issuedAt.isEmpty() || expiresAt.isEmpty()) {
            return false;
        }
        long second = now.getEpochSecond();
        return issuedAt.getAsLong() >= 0
                && issuedAt.getAsLong() <= second + Proofs.WINDOW_SECONDS
                && expiresAt.getAsLong() > second
                && expiresAt.getAsLong()
                        <= second + ReplayGuard.MEMORY.toSeconds() - Proofs.WINDOW_SECONDS;
    }
}
