package dev.remit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.remit.identity.Authentication;
import dev.remit.identity.Person;
import dev.remit.identity.PersonId;
import dev.remit.identity.Role;
import dev.remit.ledger.Draft;
import dev.remit.ledger.Event;
import dev.remit.session.SessionBook;
import dev.remit.session.Sessions;
import dev.remit.session.SignedIn;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** What every {@link SessionBook} is held to, through {@link Sessions}, with a clock that jumps. */
public final class SessionContract {
    private static final PersonId ADA = new PersonId("per_ada");
    private static final PersonId BEA = new PersonId("per_bea");

    private final Supplier<SessionBook> books;

    public SessionContract(Supplier<SessionBook> books) {
        this.books = books;
    }

    public Stream<DynamicTest> tests() {
        return Stream.of(
                dynamicTest("aSessionIsFoundByItsSecretAlone", () -> new World().found()),
                dynamicTest("aSessionEndsWhenNobodyUsesIt", () -> new World().idle()),
                dynamicTest("aSessionEndsHoweverMuchItIsUsed", () -> new World().longest()),
                dynamicTest("aNewSessionEndsTheOneBefore", () -> new World().rotated()),
                dynamicTest("aPersonEndsOwnSessionsOnly", () -> new World().ended()),
                dynamicTest("aSuspensionEndsSessionsForGood", () -> new World().suspended()));
    }

    private final class World {
        private final MemoryStore store = new MemoryStore();
        private final AtomicInteger secrets = new AtomicInteger();
        private Instant now = Sample.START;
        private final Sessions sessions =
                new Sessions(
                        books.get(), store, () -> "secret" + secrets.incrementAndGet(), () -> now);

        World() {
            for (PersonId id : new PersonId[] {ADA, BEA}) {
                write(
                        new Event.PersonAdded(
                                new Person(id, id.text()),
                                EnumSet.of(Role.PERSON),
                                Optional.empty(),
                                "x"));
            }
        }

        private void write(Event event) {
            store.append(new Draft(now, event, new byte[16]));
        }

        private String start(PersonId person) {
            return sessions.start(person, now, Authentication.at(now), "browser", Optional.empty());
        }

        private void later(Duration time) {
            now = now.plus(time);
        }

        void found() {
            String secret = start(ADA);
            SignedIn who = sessions.find(secret).orElseThrow();
            assertThat(who.person().id()).isEqualTo(ADA);
            assertThat(who.has(Role.PERSON)).isTrue();
            assertThat(who.has(Role.ADMINISTRATOR)).isFalse();
            assertThat(who.isFresh(now.plusSeconds(300), Duration.ofMinutes(5))).isTrue();
            assertThat(who.isFresh(now.plusSeconds(301), Duration.ofMinutes(5))).isFalse();
            assertThat(sessions.find(secret + "x")).isEmpty();
            assertThat(sessions.find(who.session().id().hex())).isEmpty();
            assertThat(sessions.find("")).isEmpty();
            assertThat(who.csrf()).isNotEqualTo(sessions.find(start(ADA)).orElseThrow().csrf());
        }

        void idle() {
            String secret = start(ADA);
            for (int i = 0; i < 3; i++) {
                later(Sessions.IDLE.minusSeconds(1));
                assertThat(sessions.find(secret)).isPresent();
            }
            later(Sessions.IDLE);
            assertThat(sessions.find(secret)).isEmpty();
            assertThat(sessions.of(ADA)).isEmpty();
        }

        void longest() {
            String secret = start(ADA);
            Instant end = now.plus(Sessions.LONGEST);
            while (now.isBefore(end)) {
                assertThat(sessions.find(secret)).isPresent();
                later(Duration.ofMinutes(20));
            }
            assertThat(sessions.find(secret)).isEmpty();
        }

        void rotated() {
            String first = start(ADA);
            String second =
                    sessions.start(
                            ADA, now, Authentication.byPasskey(now), "browser", Optional.of(first));
            assertThat(sessions.find(first)).isEmpty();
            assertThat(sessions.find(second)).isPresent();
        }

        void ended() {
            String adas = start(ADA);
            String other = start(ADA);
            SignedIn ada = sessions.find(adas).orElseThrow();
            assertThat(sessions.of(ADA)).hasSize(2);
            assertThat(sessions.end(BEA, ada.session().id())).isFalse();
            assertThat(sessions.find(adas)).isPresent();
            assertThat(sessions.end(ADA, ada.session().id())).isTrue();
            assertThat(sessions.find(adas)).isEmpty();
            sessions.end(other);
            assertThat(sessions.of(ADA)).isEmpty();
        }

        void suspended() {
            String before = start(ADA);
            String beas = start(BEA);
            later(Duration.ofSeconds(1));
            write(new Event.PersonSuspended(ADA, "left", "x"));
            assertThat(sessions.find(before)).isEmpty();
            assertThat(sessions.find(start(ADA))).isEmpty();
            write(new Event.PersonRestored(ADA, "x"));
            assertThat(sessions.find(before)).isEmpty();
            later(Duration.ofSeconds(1));
            assertThat(sessions.find(start(ADA))).isPresent();
            assertThat(sessions.find(beas)).isPresent();
        }
    }
}
