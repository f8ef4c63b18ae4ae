package dev.remit.vault;

import dev.remit.gate.Credentials.Attached;
import dev.remit.gate.UpstreamUnavailable;
import dev.remit.identity.Credential;
import dev.remit.identity.Secret;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One credential in use. Whoever needs it while a token is fetched waits for that one fetch; a
 * token that renewed itself is sent only after its successor is sealed and durable.
 */
final class Kept {
    private static final Logger LOG = LoggerFactory.getLogger(Kept.class);
    private static final Duration PAUSE = Duration.ofSeconds(2); // after a failure
    private static final Duration BETWEEN_RENEWALS = Duration.ofSeconds(5);

    private final Credential credential;
    private final Parts parts;
    private final ReentrantLock lock = new ReentrantLock(); // guards everything below
    private volatile Optional<Using> using = Optional.empty();
    private Optional<Recipe> recipe = Optional.empty();
    private Optional<Recipe> toBeSealed = Optional.empty();
    private volatile boolean over; // lapsed, or ended by somebody
    private Instant pauseUntil = Instant.MIN;
    private Instant refusedAt = Instant.MIN;

    /**
     * What it works with.
     *
     * @param lapsed is told when only the person can renew it
     */
    record Parts(
            Sealer sealer,
            SealedShelf shelf,
            TokenEndpoint endpoint,
            InstantSource clock,
            Consumer<Credential> lapsed) {}

    private record Using(Ready ready, Instant since) {}

    Kept(Credential credential, Parts parts) {
        this.credential = credential;
        this.parts = parts;
    }

    Credential credential() {
        return credential;
    }

    Attached attach() {
        Instant now = parts.clock().instant();
        Optional<Using> fast = using.filter(one -> one.ready().isGood(now, one.since()));
        if (fast.isPresent()) {
            return fast.get().ready().attached();
        }
        lock.lock();
        try {
            Optional<Using> other = using.filter(one -> one.ready().isGood(now, one.since()));
            return other.isPresent() ? other.get().ready().attached() : fresh(now);
        } finally {
            lock.unlock();
            if (over) {
                parts.lapsed().accept(credential); // takes a lock that comes before this one
            }
        }
    }

    /** From now on nothing is attached, and nothing sealed. */
    void end() {
        lock.lock();
        try {
            over = true;
            using = Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private Attached fresh(Instant now) {
        if (over) {
            throw unavailable("it is no longer kept");
        }
        if (now.isBefore(pauseUntil)) {
            throw unavailable("it could not be renewed a moment ago");
        }
        try {
            if (toBeSealed.isPresent()) {
                seal(toBeSealed.get());
            }
            Ready ready = ready(opened(), now);
            using = Optional.of(new Using(ready, now));
            return ready.attached();
        } catch (UpstreamUnavailable e) {
            pauseUntil = now.plus(PAUSE);
            throw e;
        }
    }

    private Ready ready(Recipe known, Instant now) {
        return switch (known) {
            case Recipe.Header header -> Ready.forGood(header);
            case Recipe.Basic basic -> Ready.forGood(basic);
            case Recipe.ClientCredentials own -> fetched(own, forOwn(own), now);
            case Recipe.Exchange exchange -> fetched(exchange, forExchange(exchange), now);
            case Recipe.Consented agreed -> agreed(agreed, now);
        };
    }

    private static Map<String, String> forOwn(Recipe.ClientCredentials own) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        own.scope().ifPresent(scope -> form.put("scope", scope));
        own.resource().ifPresent(resource -> form.put("resource", resource));
        return form;
    }

    private static Map<String, String> forExchange(Recipe.Exchange exchange) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
        form.put("subject_token", exchange.subjectToken().reveal());
        form.put("subject_token_type", exchange.subjectTokenType());
        form.put("requested_token_type", "urn:ietf:params:oauth:token-type:access_token");
        exchange.audience().ifPresent(audience -> form.put("audience", audience));
        exchange.scope().ifPresent(scope -> form.put("scope", scope));
        exchange.resource().ifPresent(resource -> form.put("resource", resource));
        return form;
    }

    private Ready fetched(Recipe.OfTokens known, Map<String, String> form, Instant now) {
        return switch (parts.endpoint().ask(known.client(), form)) {
            case TokenEndpoint.Granted.Tokens tokens ->
                    Ready.token(tokens.access(), now.plus(tokens.life()));
            case TokenEndpoint.Granted.Denied(String error) -> throw unavailable(error);
            case TokenEndpoint.Granted.Unreachable(String why) -> throw unavailable(why);
        };
    }

    private Ready agreed(Recipe.Consented agreed, Instant now) {
        Ready held = Ready.token(agreed.access(), agreed.until());
        if (held.isGood(now, now)) {
            return held;
        }
        if (agreed.refresh().isEmpty()) {
            throw lapsed("its token has ended and cannot be renewed");
        }
        Secret refresh = agreed.refresh().get();
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", refresh.reveal());
        form.put("resource", agreed.resource());
        return switch (parts.endpoint().ask(agreed.client(), form)) {
            case TokenEndpoint.Granted.Tokens tokens -> {
                Instant until = now.plus(tokens.life());
                Recipe.Consented renewed =
                        agreed.with(
                                tokens.access(),
                                until,
                                tokens.refresh().or(() -> Optional.of(refresh)));
                seal(renewed);
                yield Ready.token(tokens.access(), until);
            }
            case TokenEndpoint.Granted.Denied(String error) -> {
                if (error.equals("invalid_grant")) {
                    throw lapsed(error);
                }
                throw unavailable(error);
            }
            case TokenEndpoint.Granted.Unreachable(String why) -> throw unavailable(why);
        };
    }

    private UpstreamUnavailable lapsed(String why) {
        LOG.warn("the credential {} has lapsed: {}", credential.id(), why);
        over = true;
        return new UpstreamUnavailable(
                "The upstream `"
                        + credential.upstream()
                        + "` no longer takes what the person agreed to; the person has to agree"
                        + " again.");
    }

    /**
     * What was attached was answered with 401. Whether the next {@link #attach} gives something
     * else.
     */
    @SuppressWarnings("ReferenceEquality") // the very object that was sent
    boolean renew(Attached refused) {
        Instant now = parts.clock().instant();
        lock.lock();
        try {
            if (using.isEmpty() || using.get().ready().attached() != refused) {
                return using.isPresent(); // somebody has renewed it meanwhile
            }
            boolean may =
                    recipe.filter(one -> one instanceof Recipe.OfTokens).isPresent()
                            && !now.isBefore(refusedAt.plus(BETWEEN_RENEWALS));
            if (may) {
                refusedAt = now;
                using = Optional.empty();
                recipe = recipe.map(one -> ended(one, now));
            }
            return may;
        } finally {
            lock.unlock();
        }
    }

    /** Whether this was attached, and more may come of the person's agreeing again. */
    @SuppressWarnings("ReferenceEquality") // the very object that was sent
    boolean mayReachFurther(Attached sent) {
        return credential.kind() == Credential.Kind.CONSENT
                && using.filter(one -> one.ready().attached() == sent).isPresent();
    }

    /** What the person was asked to agree to; nothing if that cannot be read now. */
    List<String> scope() {
        lock.lock();
        try {
            return opened() instanceof Recipe.Consented agreed ? agreed.scope() : List.of();
        } catch (UpstreamUnavailable e) {
            return List.of();
        } finally {
            lock.unlock();
        }
    }

    private static Recipe ended(Recipe recipe, Instant now) {
        return recipe instanceof Recipe.Consented agreed
                ? agreed.with(agreed.access(), now, agreed.refresh())
                : recipe;
    }

    private Recipe opened() {
        if (recipe.isPresent()) {
            return recipe.get();
        }
        try {
            Optional<byte[]> sealed = parts.shelf().get(credential.id());
            if (sealed.isEmpty()) {
                throw unavailable("its content is gone; set it anew");
            }
            Recipe read = RecipeText.read(parts.sealer().open(Label.of(credential), sealed.get()));
            recipe = Optional.of(read);
            return read;
        } catch (IOException | GeneralSecurityException | IllegalStateException e) {
            LOG.debug("the credential {} cannot be opened", credential.id(), e);
            throw unavailable("its content cannot be opened with the keys at hand");
        }
    }

    /** Seals what is from now on the content. Until that is durable, nothing of it is used. */
    private void seal(Recipe renewed) {
        toBeSealed = Optional.of(renewed);
        try {
            byte[] sealed = parts.sealer().seal(Label.of(credential), RecipeText.write(renewed));
            parts.shelf().put(credential.id(), sealed);
            recipe = Optional.of(renewed);
            toBeSealed = Optional.empty();
        } catch (IOException | GeneralSecurityException e) {
            LOG.debug("the credential {} cannot be sealed", credential.id(), e);
            throw unavailable("its renewal cannot be written down");
        }
    }

    /** Seals the content again, under the newest key. */
    void reseal() {
        lock.lock();
        try {
            seal(toBeSealed.orElseGet(this::opened));
        } finally {
            lock.unlock();
        }
    }

    /** The log hears why; whoever called hears only that it is not ready. */
    private UpstreamUnavailable unavailable(String why) {
        LOG.warn("{} for `{}`: {}", credential.id(), credential.upstream(), why);
        return new UpstreamUnavailable(
                "The upstream `" + credential.upstream() + "` has no usable credential now.");
    }
}
