package dev.remit.vault;

import dev.remit.gate.Credentials;
import dev.remit.gate.UpstreamUnavailable;
import dev.remit.http.fetch.SafeFetch;
import dev.remit.identity.Credential;
import dev.remit.identity.CredentialBook;
import dev.remit.identity.CredentialId;
import dev.remit.identity.Origin;
import dev.remit.identity.PersonId;
import dev.remit.ledger.Event;
import dev.remit.ledger.Ledger;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.ledger.Receipt;
import dev.remit.registry.ActRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the credentials for upstreams. That there is one is an event in the ledger; its content is
 * sealed on a shelf beside it, and only ever leaves for the origin it was set for.
 *
 * <p>An upstream is met either by everybody with one credential, or by each person with a
 * credential of that person's own; never the one in place of the other.
 */
public final class Keeper implements Credentials {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);

    private final Map<Credential.Place, Kept> all = new ConcurrentHashMap<>();
    private final Map<Credential.Place, String> lacking = new ConcurrentHashMap<>();
    private final Set<String> personal = ConcurrentHashMap.newKeySet();
    private final ReentrantLock acting = new ReentrantLock(); // one act at a time
    private final CredentialBook book;
    private final Ledger ledger;
    private final Sealer sealer;
    private final SealedShelf shelf;
    private final Supplier<String> names;
    private final InstantSource clock;
    private final Kept.Parts parts;

    /**
     * Takes what the book names into use, and erases what is sealed and not named.
     *
     * @param names gives fresh unique names, letters and digits
     */
    public Keeper(
            CredentialBook book,
            Ledger ledger,
            Sealer sealer,
            SealedShelf shelf,
            SafeFetch fetch,
            Supplier<String> names,
            InstantSource clock) {
        this.book = book;
        this.ledger = ledger;
        this.sealer = sealer;
        this.shelf = shelf;
        this.names = names;
        this.clock = clock;
        this.parts = new Kept.Parts(sealer, shelf, new TokenEndpoint(fetch), clock, this::lapsed);
        Set<CredentialId> named = new HashSet<>();
        for (Credential one : book.credentials()) {
            take(one);
            named.add(one.id());
        }
        try {
            for (CredentialId one : shelf.all()) {
                if (!named.contains(one)) {
                    shelf.remove(one);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the sealed credentials cannot be read", e);
        }
    }

    private void take(Credential credential) {
        all.put(credential.place(), new Kept(credential, parts));
        if (credential.person().isPresent()) {
            personal.add(credential.upstream());
        }
    }

    @Override
    public Attached attach(String upstream, Origin origin, Optional<PersonId> person) {
        Optional<Kept> kept = find(upstream, person);
        if (kept.isEmpty()) {
            if (isPersonal(upstream)) {
                throw new UpstreamUnavailable(
                        "The upstream `"
                                + upstream
                                + "` is used on each person's own behalf, and this person has not"
                                + " agreed to that yet.");
            }
            return Attached.NOTHING;
        }
        if (!kept.get().credential().origin().equals(origin)) {
            throw new UpstreamUnavailable(
                    "The upstream `" + upstream + "` has no usable credential now.");
        }
        return kept.get().attach();
    }

    @Override
    public boolean renewable(String upstream, Optional<PersonId> person, Attached refused) {
        return find(upstream, person).map(kept -> kept.renew(refused)).orElse(false);
    }

    @Override
    public boolean lacks(String upstream, Optional<PersonId> person, Attached sent, String scope) {
        Optional<Kept> kept = find(upstream, person).filter(one -> one.mayReachFurther(sent));
        kept.ifPresent(one -> lacking.put(one.credential().place(), scope));
        return kept.isPresent();
    }

    /** What the person agreed to before, and what an upstream has said since that it lacks. */
    Set<String> scope(Credential.Place place) {
        Set<String> scope = new LinkedHashSet<>();
        Optional.ofNullable(all.get(place)).ifPresent(kept -> scope.addAll(kept.scope()));
        Optional.ofNullable(lacking.get(place)).ifPresent(one -> scope.addAll(words(one)));
        return scope;
    }

    private static List<String> words(String scope) {
        return List.of(scope.split(" ", -1));
    }

    @Override
    public boolean isPersonal(String upstream) {
        return personal.contains(upstream);
    }

    private Optional<Kept> find(String upstream, Optional<PersonId> person) {
        Optional<PersonId> whose = isPersonal(upstream) ? person : Optional.empty();
        return Optional.ofNullable(all.get(new Credential.Place(upstream, whose)));
    }

    /** Keeps a credential from now on, instead of one for the same upstream and person. */
    Credential set(Credential.Place place, Origin origin, Recipe recipe, String by) {
        if (!origin.isPrivate()) {
            throw new ActRefused(
                    "`"
                            + place.upstream()
                            + "` is not served over https; a credential sent there"
                            + " could be read on the way");
        }
        acting.lock();
        try {
            boolean mixed =
                    all.keySet().stream()
                            .filter(other -> other.upstream().equals(place.upstream()))
                            .anyMatch(
                                    other ->
                                            other.person().isPresent()
                                                    != place.person().isPresent());
            if (mixed) {
                throw new ActRefused(
                        "`"
                                + place.upstream()
                                + "` has either one credential for everybody or one"
                                + " for each person; remove the others first");
            }
            Credential fresh =
                    new Credential(
                            new CredentialId("crd_" + names.get()),
                            place.upstream(),
                            origin,
                            place.person(),
                            recipe.kind(),
                            clock.instant());
            shelf.put(fresh.id(), sealer.seal(Label.of(fresh), RecipeText.write(recipe)));
            if (!(ledger.append(new Event.CredentialSet(fresh, by), clock.instant())
                    instanceof Receipt)) {
                throw new IllegalStateException("nothing objects to a credential");
            }
            Optional<Kept> before = Optional.ofNullable(all.get(place));
            take(fresh);
            lacking.remove(place);
            if (before.isPresent()) {
                before.get().end();
                shelf.remove(before.get().credential().id());
            }
            return fresh;
        } catch (IOException | GeneralSecurityException e) {
            throw new ActRefused(
                    "the credential cannot be sealed: " + e.getClass().getSimpleName());
        } finally {
            acting.unlock();
        }
    }

    /** Stops using a credential and erases its content. */
    Credential remove(Credential.Place place, String by) {
        Credential removed =
                end(place, _ -> true, by, Event.CredentialRemoved.Why.REMOVED)
                        .orElseThrow(
                                () ->
                                        new ActRefused(
                                                "there is no such credential; `remit credential"
                                                        + " list` shows them"));
        return removed;
    }

    /** Closed it is already; if that cannot be written down now, it will be at the next use. */
    private void lapsed(Credential credential) {
        try {
            Optional<Credential> _ =
                    end(
                            credential.place(),
                            known -> known.equals(credential),
                            "remit",
                            Event.CredentialRemoved.Why.LAPSED);
        } catch (LedgerUnavailable | ActRefused e) {
            LOG.warn("that {} has lapsed could not be written down yet", credential.id());
        }
    }

    private Optional<Credential> end(
            Credential.Place place,
            Predicate<Credential> wanted,
            String by,
            Event.CredentialRemoved.Why why) {
        acting.lock();
        try {
            Optional<Credential> known =
                    Optional.ofNullable(all.get(place)).map(Kept::credential).filter(wanted);
            if (known.isEmpty()) {
                return known;
            }
            ledger.append(
                    new Event.CredentialRemoved(known.get().id(), place, by, why), clock.instant());
            Optional.ofNullable(all.remove(place)).ifPresent(Kept::end);
            if (why == Event.CredentialRemoved.Why.REMOVED && noneIsLeft(place.upstream())) {
                personal.remove(place.upstream()); // a lapsed one leaves the upstream closed
            }
            shelf.remove(known.get().id());
            return known;
        } catch (IOException e) {
            throw new ActRefused("it is no longer used, but its content could not be erased yet");
        } finally {
            acting.unlock();
        }
    }

    private boolean noneIsLeft(String upstream) {
        return all.keySet().stream().noneMatch(place -> place.upstream().equals(upstream));
    }

    List<Credential> list() {
        return book.credentials();
    }

    /**
     * Seals everything again, under the newest key; how much there was.
     *
     * @throws UpstreamUnavailable if one could not be sealed
     */
    int sealAnew() {
        acting.lock();
        try {
            all.values().forEach(Kept::reseal);
            return all.size();
        } finally {
            acting.unlock();
        }
    }
}
