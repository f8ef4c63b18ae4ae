package dev.remit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Digest;
import dev.remit.identity.Admission;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentId;
import dev.remit.identity.Instance;
import dev.remit.identity.InstanceId;
import dev.remit.identity.Jwk;
import dev.remit.identity.Passport;
import dev.remit.identity.PassportId;
import dev.remit.ledger.Event;
import dev.remit.ledger.Ledger;
import dev.remit.ledger.Receipt;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fleet in the embedded store: enrolled, listed by status list, and there after a restart. */
final class AdmittedFleetTest {
    private static final int FLEET = Integer.getInteger("remit.fleet", 1_000);
    private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");
    private static final AgentId AGENT = new AgentId("agt_1");
    private static final String LIST = "https://issuer.example/lists/1";

    @Test
    void aFleetIsEnrolledAndThereAfterARestart(@TempDir Path folder) throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Jwk key = Jwk.of(keys.getPublic());
        long started = System.nanoTime();
        try (EmbeddedStore store = open(folder, keys)) {
            Ledger ledger = new Ledger(store, () -> new byte[16]);
            Agent agent = new Agent(AGENT, "worker", NOW, new Agent.Standing.Good());
            write(ledger, new Event.AgentAdded(agent, "x"));
            write(ledger, new Event.StatusListRead("https://issuer.example", LIST, NOW));
            AtomicInteger enrolled = new AtomicInteger();
            try (ExecutorService threads = Executors.newFixedThreadPool(64)) {
                for (int i = 0; i < FLEET; i++) {
                    int at = i;
                    threads.execute(
                            () -> {
                                write(ledger, admitted(at, key));
                                enrolled.incrementAndGet();
                            });
                }
            }
            assertThat(enrolled).hasValue(FLEET);
            say("enrolled", started);
            write(ledger, new Event.PassportIssued(passport(key), "x"));
            write(ledger, new Event.PassportRevoked(PassportId.of(0), "x"));
        }
        started = System.nanoTime();
        try (EmbeddedStore store = open(folder, keys)) {
            say("opened again", started);
            started = System.nanoTime();
            String after = "";
            int seen = 0;
            while (true) {
                List<Admission> page = store.passports().admissions(LIST, after, 1_000);
                seen += page.size();
                if (page.isEmpty()) {
                    break;
                }
                after = page.getLast().instance().text();
            }
            assertThat(seen).isEqualTo(FLEET);
            say("listed", started);
            started = System.nanoTime();
            for (int i = 0; i < FLEET; i++) {
                InstanceId id = id(i);
                assertThat(store.instance(id)).isPresent();
                assertThat(store.passports().admission(id).map(Admission::index))
                        .contains((long) i);
            }
            say("looked up", started);
            assertThat(store.passports().revokedPassports(0, 10)).containsExactly(PassportId.of(0));
            assertThat(store.passports().nextPassport()).isEqualTo(1);
            assertThat(store.passports().issuer("https://issuer.example").orElseThrow().lists())
                    .containsEntry(LIST, NOW);
        }
    }

    private static void say(String what, long started) {
        if (FLEET > 1_000) {
            System.out.println(
                    "fleet of "
                            + FLEET
                            + " "
                            + what
                            + " "
                            + (System.nanoTime() - started) / 1_000_000
                            + " ms");
        }
    }

    private static Event admitted(int number, Jwk key) {
        return new Event.InstanceAdmitted(
                Instance.enrolled(id(number), AGENT, key, NOW),
                new Admission(
                        id(number),
                        "https://issuer.example",
                        Optional.empty(),
                        LIST,
                        number,
                        NOW.plusSeconds(3_600)));
    }

    private static InstanceId id(int number) {
        return Admission.instance(
                AGENT, Digest.of(Integer.toString(number).getBytes(StandardCharsets.US_ASCII)));
    }

    private static Passport passport(Jwk key) {
        return new Passport(
                PassportId.of(0), AGENT, key.thumbprint(), NOW, NOW.plusSeconds(60), false);
    }

    private static void write(Ledger ledger, Event event) {
        assertThat(ledger.append(event, NOW)).isInstanceOf(Receipt.class);
    }

    private static EmbeddedStore open(Path folder, KeyPair keys) throws GeneralSecurityException {
        return EmbeddedStore.open(
                folder, new LogKeys(keys), "remit/test", InstantSource.fixed(NOW), "test");
    }
}
