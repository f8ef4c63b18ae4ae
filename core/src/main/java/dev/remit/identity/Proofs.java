package dev.remit.identity;

import dev.remit.call.Digest;
import dev.remit.call.Value;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Checks DPoP proofs (RFC 9449, section 4.3), the same way for every endpoint.
 *
 * <p>A proof is taken from {@value #WINDOW_SECONDS} s before to {@value #WINDOW_SECONDS} s after
 * its time, once. Where it cannot be known whether it was used before, it needs a nonce of this
 * process (sections 8 and 9); so does every proof, if {@link Nonces.Demand} says so.
 */
public final class Proofs {
    public static final int WINDOW_SECONDS = 60;
    private static final Duration WINDOW = Duration.ofSeconds(WINDOW_SECONDS);
    private static final int MAX_JTI = 256;

    private final Set<String> origins;
    private final ReplayGuard replays;
    private final Nonces nonces;
    private final Remembered<Value.Fields, Jwk> keys = new Remembered<>(20_000);

    /**
     * @param origins the gateway's own origins, {@code scheme://host:port} in lower case, under
     *     which it is reached
     */
    public Proofs(Set<String> origins, ReplayGuard replays, Nonces nonces) {
        this.origins = Set.copyOf(origins);
        this.replays = replays;
        this.nonces = nonces;
    }

    /** A request as the edge received it. */
    public record Request(String method, String path, List<String> proofs) {}

    /** What a proof came to. */
    public sealed interface Checked {
        /** The sender holds this key, and made the proof for this request now. */
        record Proven(Jwk key) implements Checked {}

        record Doubtful(Doubt doubt) implements Checked {}
    }

    /** Checks the proof of a request that carries no access token. */
    public Checked check(Request request, Instant now) {
        return check(request, Optional.empty(), now);
    }

    /** Checks the proof of a request that carries this access token. */
    public Checked check(Request request, String accessToken, Instant now) {
        return check(request, Optional.of(accessToken), now);
    }

    private Checked check(Request request, Optional<String> accessToken, Instant now) {
        if (request.proofs().size() != 1) {
            return new Checked.Doubtful(Doubt.PROOF_MISSING);
        }
        Optional<Jws> read = Jws.read(request.proofs().getFirst());
        if (read.isEmpty() || !read.get().header().text("typ").equals(Optional.of("dpop+jwt"))) {
            return new Checked.Doubtful(Doubt.PROOF_MALFORMED);
        }
        Jws proof = read.get();
        Jwk key =
                proof.header()
                        .fields("jwk")
                        .map(jwk -> keys.get(jwk, unread -> Jwk.of(unread).orElse(null)))
                        .orElse(null);
        Optional<String> jti =
                proof.claims().text("jti").filter(id -> !id.isEmpty() && id.length() <= MAX_JTI);
        OptionalLong issuedAt = proof.claims().whole("iat");
        if (key == null || jti.isEmpty() || issuedAt.isEmpty()) {
            return new Checked.Doubtful(Doubt.PROOF_MALFORMED);
        }
        if (!proof.isSignedBy(key)) {
            return new Checked.Doubtful(Doubt.PROOF_SIGNATURE);
        }
        if (!isFor(request, proof.claims())) {
            return new Checked.Doubtful(Doubt.PROOF_REQUEST);
        }
        if (!isTimely(issuedAt.getAsLong(), now)) {
            return new Checked.Doubtful(Doubt.PROOF_TIME);
        }
        if (!proof.claims().text("ath").equals(accessToken.map(Proofs::tokenHash))) {
            return new Checked.Doubtful(Doubt.PROOF_TOKEN);
        }
        byte[] name = jti.get().getBytes(StandardCharsets.UTF_8);
        return switch (replays.use(Digest.of(key.thumbprint().bytes(), name), now)) {
            case FIRST ->
                    isSurelyFirst(proof.claims(), issuedAt.getAsLong())
                            ? new Checked.Proven(key)
                            : new Checked.Doubtful(Doubt.PROOF_NONCE);
            case AGAIN -> new Checked.Doubtful(Doubt.PROOF_REPLAYED);
            case FULL -> new Checked.Doubtful(Doubt.CROWDED);
        };
    }

    /** The nonce that proofs must carry at the moment; empty if they need none. */
    public Optional<String> nonce(Instant now) {
        boolean needed = nonces.always() || !now.minus(WINDOW).isAfter(replays.unsureUntil());
        return needed ? Optional.of(nonces.of(replays.generation())) : Optional.empty();
    }

    /** A nonce that is there must be right, whether it is needed or not. */
    private boolean isSurelyFirst(Value.Fields claims, long issuedAt) {
        Optional<Value> nonce = claims.get("nonce");
        if (nonce.isPresent()) {
            return nonce.get() instanceof Value.Text(String text)
                    && nonces.isRecent(text, replays.generation());
        }
        return !nonces.always() && Instant.ofEpochSecond(issuedAt).isAfter(replays.unsureUntil());
    }

    private boolean isTimely(long issuedAt, Instant now) {
        if (Math.abs(issuedAt) > 253_402_300_799L) {
            return false;
        }
        Instant at = Instant.ofEpochSecond(issuedAt);
        return !at.isBefore(now.minus(WINDOW)) && !at.isAfter(now.plus(WINDOW));
    }

    /**
     * Section 4.3, 8 and 9: the method, and the target without query and fragment, after
     * normalising it.
     */
    private boolean isFor(Request request, Value.Fields claims) {
        if (!claims.text("htm").equals(Optional.of(request.method()))) {
            return false;
        }
        String target = claims.text("htu").orElse("");
        for (String origin : origins) {
            if (target.startsWith(origin)
                    && target.substring(origin.length()).equals(request.path())) {
                return true;
            }
        }
        return isForNormalised(target, request);
    }

    private boolean isForNormalised(String target, Request request) {
        try {
            URI uri = new URI(target);
            if (uri.getRawPath() == null || uri.getRawPath().contains("//")) {
                return false; // java.net.URI would take them for one, RFC 3986 does not
            }
            uri = uri.normalize();
            if (uri.getHost() == null || uri.getScheme() == null || uri.getUserInfo() != null) {
                return false;
            }
            String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
            String origin = scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + ":" + port;
            String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            return origins.contains(origin) && path.equals(request.path());
        } catch (java.net.URISyntaxException e) {
            return false;
        }
    }

    static String tokenHash(String accessToken) {
        return Digest.of(accessToken.getBytes(StandardCharsets.US_ASCII)).base64Url();
    }
}
