package dev.remit.people;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.yubico.webauthn.AssertionRequest;
import com.yubico.webauthn.data.PublicKeyCredentialCreationOptions;
import dev.remit.call.Digest;
import dev.remit.http.Exchange;
import dev.remit.identity.PersonId;
import dev.remit.web.Cookies;
import dev.remit.web.OwnPath;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What browsers have begun and not finished: signing in, adding a passkey. Each is bound to the
 * browser by a cookie, can be finished once, and within {@link #LIFE}.
 */
final class Ceremonies {
    static final Duration LIFE = Duration.ofMinutes(5);

    private static final String COOKIE = "begun";
    private static final int MOST = 10_000;

    /** What was begun. */
    sealed interface Begun {
        record Adding(
                PersonId person, Optional<Digest> link, PublicKeyCredentialCreationOptions options)
                implements Begun {}

        record Showing(AssertionRequest request) implements Begun {}

        /**
         * At a provider: what its answer must fit.
         *
         * @param again the ways of which one is asked for, if somebody is to sign in once more
         */
        record AtProvider(
                String provider,
                String state,
                String nonce,
                String verifier,
                OwnPath back,
                Optional<List<String>> again)
                implements Begun {}
    }

    private record Kept(Begun begun, Instant until) {}

    private final Cache<Digest, Kept> kept =
            Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();
    private final Cookies cookies;
    private final Supplier<String> secrets;
    private final InstantSource clock;

    Ceremonies(Cookies cookies, Supplier<String> secrets, InstantSource clock) {
        this.cookies = cookies;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** Binds what is begun to the browser; call before the exchange is answered. */
    void begin(Exchange exchange, Begun begun) {
        String secret = secrets.get();
        kept.put(hash(secret), new Kept(begun, clock.instant().plus(LIFE)));
        cookies.set(exchange, COOKIE, secret, LIFE);
    }

    /** What this browser has begun, if it is of this kind; it can be taken once. */
    <T extends Begun> Optional<T> take(Exchange exchange, Class<T> kind) {
        Optional<Kept> found =
                cookies.read(exchange, COOKIE)
                        .map(Ceremonies::hash)
                        .flatMap(id -> Optional.ofNullable(kept.asMap().remove(id)));
        return found.filter(one -> clock.instant().isBefore(one.until()))
                .map(Kept::begun)
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    private static Digest hash(String secret) {
        return Digest.of(("remit/begun/v1\0" + secret).getBytes(StandardCharsets.UTF_8));
    }
}
