package dev.remit.vault;

import dev.remit.gate.Credentials;
import dev.remit.gateway.rig.ScriptedServer;
import dev.remit.http.fetch.SafeFetch;
import dev.remit.identity.Credential;
import dev.remit.identity.CredentialId;
import dev.remit.identity.Origin;
import dev.remit.identity.PersonId;
import dev.remit.identity.Secret;
import dev.remit.ledger.Ledger;
import dev.remit.testkit.MemoryStore;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A keeper over stores in memory, with a clock that can be moved. */
final class Rig implements AutoCloseable {
    static final Origin UPSTREAM = new Origin("https", "tracker.example", 443);
    static final PersonId ADA = new PersonId("per_ada");
    static final PersonId EVE = new PersonId("per_eve");

    final Vertx vertx = Vertx.vertx();
    final MemoryStore store = new MemoryStore();
    final Ledger ledger = new Ledger(store, () -> new byte[16]);
    final Shelf shelf = new Shelf();
    final AtomicInteger names = new AtomicInteger();
    final SafeFetch fetch;
    final Keeper keeper;
    volatile Instant now = Instant.parse("2026-11-22T09:00:00Z");
    final InstantSource clock = () -> now;
    final KeyKeeper keys = LocalKeys.fresh();

    Rig(ScriptedServer... trusted) {
        Set<Origin> origins = ConcurrentHashMap.newKeySet();
        for (ScriptedServer one : trusted) {
            origins.add(Origin.of(one.at("/")));
        }
        fetch = new SafeFetch(vertx, origins);
        keeper = again();
    }

    /** Another keeper over the same stores, as after a restart. */
    Keeper again() {
        return new Keeper(
                store,
                ledger,
                new Sealer(keys),
                shelf,
                fetch,
                () -> "n" + names.incrementAndGet(),
                clock);
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    Credential set(Optional<PersonId> person, Recipe recipe) {
        return keeper.set(new Credential.Place("tracker", person), UPSTREAM, recipe, "per_op");
    }

    /** The Authorization header that would be sent. */
    String sent(Optional<PersonId> person) {
        Credentials.Attached attached = keeper.attach("tracker", UPSTREAM, person);
        return Optional.ofNullable(attached.headers().get("Authorization"))
                .map(Secret::reveal)
                .orElse("");
    }

    static Client client(ScriptedServer server) {
        return new Client(
                server.at("/token"),
                "remit",
                Optional.of(new Secret("client-secret-1")),
                Client.Manner.CLIENT_SECRET_BASIC);
    }

    @Override
    public void close() {
        fetch.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** A shelf that can be made to fail. */
    static final class Shelf implements SealedShelf {
        final Map<CredentialId, byte[]> all = new ConcurrentHashMap<>();
        volatile boolean failing;

        @Override
        public Optional<byte[]> get(CredentialId id) {
            return Optional.ofNullable(all.get(id));
        }

        @Override
        public void put(CredentialId id, byte[] sealed) throws IOException {
            if (failing) {
                throw new IOException("no room");
            }
            all.put(id, sealed);
        }

        @Override
        public void remove(CredentialId id) {
            all.remove(id);
        }

        @Override
        public Set<CredentialId> all() {
            return Set.copyOf(all.keySet());
        }
    }
}
