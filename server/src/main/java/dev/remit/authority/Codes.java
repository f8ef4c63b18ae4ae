package dev.remit.authority;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.remit.call.Digest;
import dev.remit.identity.Instance;
import dev.remit.identity.Jwk;
import dev.remit.registry.ActRefused;
import dev.remit.registry.Registrar;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Authorization codes that are on their way with a browser (RFC 6749, section 4.1.2). */
final class Codes {
    /** How long a code can be used; RFC 6749, section 4.1.2 allows ten times that. */
    static final Duration LIFE = Duration.ofSeconds(60);

    private static final int MOST = 100_000;
    private static final int TURNS = 64;

    private final Consents consents;
    private final Registrar registrar;
    private final Cache<Digest, Consents.Consent> given =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(LIFE).build();
    private final Cache<Digest, Instance> fetched =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(Duration.ofHours(1)).build();
    private final List<ReentrantLock> turns =
            Stream.generate(ReentrantLock::new).limit(TURNS).toList();

    Codes(Consents consents, Registrar registrar) {
        this.consents = consents;
        this.registrar = registrar;
    }

    /** Keeps a consent; returns its code. */
    String add(Consents.Consent consent) {
        String code = consent.code().orElseThrow();
        given.put(hash(code), consent);
        return code;
    }

    /**
     * Does what is done with a code while nobody else does anything with the same one. Who comes
     * second finds the first one served, and ends that; not the first half served, and nobody.
     */
    <T> T inTurn(String code, Supplier<T> act) {
        ReentrantLock turn = turns.get(Math.floorMod(code.hashCode(), turns.size()));
        turn.lock();
        try {
            return act.get();
        } finally {
            turn.unlock();
        }
    }

    /**
     * Exchanges a code, once. A second time ends what the first gave: one of the two was a thief
     * (RFC 6749, section 4.1.2). A code that is sent wrongly is used up too.
     */
    Optional<Consents.Fetched> fetch(
            String code,
            Clients.Client client,
            String redirect,
            String verifier,
            Optional<Jwk> key) {
        Digest hash = hash(code);
        Instance before = fetched.getIfPresent(hash);
        if (before != null) {
            end(before);
            return Optional.empty();
        }
        Consents.Consent consent = given.asMap().remove(hash);
        if (consent == null) {
            return Optional.empty();
        }
        AuthorizationRequest request = consent.request();
        boolean fits =
                request.way() instanceof AuthorizationRequest.Way.ByRedirect way
                        && request.client().equals(client) // as it was when the person saw it
                        && way.to().toString().equals(redirect)
                        && way.challenge().equals(challenge(verifier))
                        && request.key().stream()
                                .allMatch(
                                        named ->
                                                key.map(Jwk::thumbprint)
                                                        .equals(Optional.of(named)));
        if (!fits) {
            return Optional.empty();
        }
        Optional<Consents.Fetched> got = consents.fetch(consent, key);
        got.ifPresent(one -> fetched.put(hash, one.instance()));
        return got;
    }

    private void end(Instance instance) {
        try {
            registrar.revoke(instance.id(), "remit");
        } catch (ActRefused e) {
            throw new IllegalStateException("an instance does not go away", e);
        }
    }

    /** RFC 7636, section 4.6. */
    private static String challenge(String verifier) {
        return verifier.matches("[A-Za-z0-9._~-]{43,128}")
                ? Digest.of(verifier.getBytes(StandardCharsets.US_ASCII)).base64Url()
                : "";
    }

    private static Digest hash(String code) {
        return Digest.of(code.getBytes(StandardCharsets.UTF_8));
    }
}
