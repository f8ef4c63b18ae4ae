package dev.remit.main;

import dev.remit.authority.PassportEdge;
import dev.remit.http.Edge;
import dev.remit.http.fetch.Fetched;
import dev.remit.http.fetch.SafeFetch;
import dev.remit.identity.AgentBook;
import dev.remit.identity.PassportBook;
import dev.remit.identity.Person;
import dev.remit.identity.ReplayGuard;
import dev.remit.identity.SigningKeys;
import dev.remit.ledger.Ledger;
import dev.remit.operator.PassportActs;
import dev.remit.passport.Admissions;
import dev.remit.passport.AdmittedAgents;
import dev.remit.passport.Assertions;
import dev.remit.passport.Enrolment;
import dev.remit.passport.Issuers;
import dev.remit.passport.PassportOffice;
import dev.remit.passport.PersonGrants;
import dev.remit.passport.StatusKeeper;
import dev.remit.registry.Registrar;
import dev.remit.store.EmbeddedStore;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** What a gateway has for passports, each part made once. */
final class Passports implements AutoCloseable {
    private final EmbeddedStore store;
    private final PassportBook book;
    private final Ledger ledger;
    private final SafeFetch fetch;
    private final InstantSource clock;
    private final Issuers issuers;
    private final PassportOffice office;
    private final StatusPatrol patrol;

    /**
     * @param keys for passports
     */
    Passports(
            Config config,
            SigningKeys keys,
            EmbeddedStore store,
            Ledger ledger,
            SafeFetch fetch,
            InstantSource clock) {
        this.store = store;
        this.book = store.passports();
        this.ledger = ledger;
        this.fetch = fetch;
        this.clock = clock;
        this.issuers =
                new Issuers(
                        config.publicUrl(),
                        keys,
                        config.issuers(),
                        config.assertions(),
                        this::published,
                        book,
                        ledger);
        this.office = new PassportOffice(issuers, keys, store, book, ledger, Names::secret, clock);
        this.patrol = new StatusPatrol(new StatusKeeper(issuers, store, book, ledger), clock);
    }

    /** What somebody outside publishes for everybody. */
    Optional<byte[]> published(URI url, String... types) {
        return switch (fetch.fetch(SafeFetch.Asked.get(url, types))) {
            case Fetched.Answered answer when answer.status() == 200 -> Optional.of(answer.body());
            case Fetched.Answered _, Fetched.Refused _ -> Optional.empty();
        };
    }

    /** The agents as whoever checks callers must see them. */
    AgentBook agents() {
        return new AdmittedAgents(store, book, issuers, clock);
    }

    Enrolment enrolment(Registrar registrar, ReplayGuard replays, Instant startedAt) {
        return new Enrolment(
                registrar,
                new Admissions(issuers, store, ledger, replays, startedAt, clock),
                new Assertions(issuers, store, ledger, book, replays, clock));
    }

    PersonGrants persons(ReplayGuard replays) {
        return new PersonGrants(issuers, store, replays);
    }

    PassportActs acts(Person operator) {
        return new PassportActs(operator, office, book, store);
    }

    void open(Map<String, Edge> edges) {
        Edge edge = new PassportEdge(office);
        edges.put(PassportEdge.LISTS, edge);
        edges.put(PassportEdge.DID, edge);
        edges.put(PassportEdge.METADATA, edge);
    }

    @Override
    public void close() {
        patrol.close();
    }
}
