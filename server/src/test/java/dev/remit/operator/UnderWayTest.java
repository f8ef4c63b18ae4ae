package dev.remit.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.call.Arguments;
import dev.remit.call.Call;
import dev.remit.call.CallId;
import dev.remit.call.Outcome;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.decision.Judge;
import dev.remit.decision.Refusal;
import dev.remit.decision.Rules;
import dev.remit.gate.Answer;
import dev.remit.gate.Clerk;
import dev.remit.gate.Demands;
import dev.remit.gate.Gate;
import dev.remit.gate.Line;
import dev.remit.gate.Overseer;
import dev.remit.gate.Recall;
import dev.remit.gate.StopSwitch;
import dev.remit.identity.AgentId;
import dev.remit.identity.MandateId;
import dev.remit.ledger.Event;
import dev.remit.ledger.Ledger;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.MandateBook;
import dev.remit.mandate.Sheet;
import dev.remit.registry.Registrar;
import dev.remit.testkit.AttackCase;
import dev.remit.testkit.MemoryStore;
import dev.remit.testkit.Sample;
import dev.remit.testkit.SomeAgent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a call while it is under way, and of what goes over its line. */
final class UnderWayTest {
    private static final Value.Fields WORDS = Value.object().put("a", 1).build();

    private final MemoryStore store = new MemoryStore();
    private final Ledger ledger = new Ledger(store, () -> new byte[16]);
    private volatile Instant now = Sample.START.plusSeconds(1);
    private volatile boolean blind;
    private int names;
    private int sent;
    private Consumer<Line> meanwhile = _ -> {};
    private Runnable whenRead = () -> {};
    private final Agents line = new Agents();

    /** Cannot be read while it is blind. */
    private final MandateBook mandates =
            new MandateBook() {
                @Override
                public Optional<Sheet> find(MandateId id) {
                    whenRead.run();
                    if (blind) {
                        throw new LedgerUnavailable("blind");
                    }
                    return store.find(id);
                }

                @Override
                public Optional<Sheet> current(AgentId agent) {
                    whenRead.run();
                    return store.current(agent);
                }

                @Override
                public List<Sheet> list(int most) {
                    return store.list(most);
                }
            };

    private final Clerk clerk =
            new Clerk(
                    store,
                    mandates,
                    store,
                    store,
                    store.questions(),
                    Demands.NONE,
                    Recall.none(),
                    Rules::none,
                    () -> now);
    private final Gate gate =
            new Gate(
                    clerk,
                    new Judge(),
                    ledger,
                    (_, open) -> {
                        sent++;
                        meanwhile.accept(open);
                        return new Outcome.Answered(Value.Fields.EMPTY, Duration.ZERO, false);
                    },
                    new Overseer(store.conduct(), store, List.of(), ledger, () -> now));
    private final SomeAgent agent;
    private final Mandate mandate;

    UnderWayTest() {
        Registrar registrar = new Registrar(store, ledger, this::name, this::name, () -> now);
        agent = new SomeAgent("a", registrar, this::name);
        Sample sample = new Sample(store);
        ledger.append(new Event.ToolPinned(sample.pin("up.tool"), "x"), now);
        Mandate like = sample.mandate("a", "1");
        mandate =
                new Mandate(
                        like.id(),
                        like.giver(),
                        agent.id(),
                        like.task(),
                        like.permissions(),
                        like.limits(),
                        like.givenAt(),
                        like.status(),
                        1);
        ledger.append(new Event.MandateGiven(mandate), now);
    }

    private String name() {
        return "n" + names++;
    }

    private Answer call() {
        Call call =
                new Call(
                        new CallId("call_" + name()),
                        Tool.of("up.tool"),
                        new Arguments(Value.Fields.EMPTY),
                        now);
        return gate.call(agent.caller(store, Optional.empty(), now), call, line);
    }

    /** The agent's end of the line; it answers whatever it is asked. */
    private static final class Agents implements Line {
        private final List<Value.Fields> heard = new ArrayList<>();
        private final List<Runnable> cancelled = new ArrayList<>();
        private Runnable whenAsked = () -> {};

        @Override
        public Value.Fields aside() {
            return WORDS;
        }

        @Override
        public void tell(Value.Fields notification) {
            heard.add(notification);
        }

        @Override
        public Optional<Value.Fields> ask(Value.Fields request) {
            heard.add(request);
            whenAsked.run();
            return Optional.of(WORDS);
        }

        @Override
        public void whenCancelled(Runnable then) {
            cancelled.add(then);
        }
    }

    private void pull() {
        clerk.stop().pull(new StopSwitch.Stop(now, "per_1", "an incident"));
        gate.underWay().stop();
    }

    private static void cut(Answer answer, Refusal refusal) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.CutShort.class, one -> assertThat(one.refusal()).isEqualTo(refusal));
    }

    @Test
    void whatEndsIsUnderWayNoMore() {
        meanwhile = _ -> assertThat(gate.underWay().size()).isEqualTo(1);
        assertThat(call()).isInstanceOf(Answer.Ended.class);
        assertThat(gate.underWay().size()).isZero();
        meanwhile =
                _ -> {
                    throw new IllegalStateException("we are wrong");
                };
        assertThatThrownBy(this::call).hasMessage("we are wrong");
        assertThat(gate.underWay().size()).isZero();
    }

    /** All are stopped after it was decided and before it was sent. */
    @Test
    @AttackCase("REV-009")
    void whatIsStoppedBeforeItIsSentIsNotSentAndCostsNothing() {
        whenRead = this::pull;
        cut(call(), Refusal.STOPPED);
        assertThat(sent).isZero();
        Event.Concluded ended = (Event.Concluded) store.entries().getLast().event();
        assertThat(ended.end()).isEqualTo(Event.End.FAILED);
        assertThat(store.find(mandate.id()).orElseThrow().usage().calls()).isZero();
    }

    @Test
    void nothingGoesOverTheLineOfACallThatWasCutShort() {
        meanwhile =
                open -> {
                    open.tell(WORDS);
                    assertThat(open.ask(WORDS)).contains(WORDS);
                    assertThat(line.heard).hasSize(2);
                    line.whenAsked = this::pull;
                    assertThat(open.ask(WORDS)).as("answered too late").isEmpty();
                    assertThat(Thread.currentThread().isInterrupted()).isFalse();
                    assertThat(line.heard).hasSize(3);
                    open.tell(WORDS);
                    assertThat(open.ask(WORDS)).isEmpty();
                    assertThat(line.heard).hasSize(3);
                };
        cut(call(), Refusal.STOPPED);
    }

    @Test
    void theFirstReasonCounts() {
        meanwhile =
                _ -> {
                    pull();
                    clerk.stop().release();
                    Mandate.Status revoked = new Mandate.Status.Revoked("per_1", now, "enough");
                    ledger.append(new Event.MandateChanged(mandate.with(revoked), "per_1"), now);
                    gate.underWay().look();
                };
        cut(call(), Refusal.STOPPED);
    }

    @Test
    void itIsTakenBackByItsAgentOrByUs() {
        List<String> why = new ArrayList<>();
        meanwhile =
                open -> {
                    open.whenCancelled(() -> why.add("back"));
                    assertThat(why).isEmpty();
                    line.cancelled.forEach(Runnable::run);
                };
        assertThat(call()).isInstanceOf(Answer.Ended.class);
        assertThat(why).containsExactly("back");
        meanwhile =
                open -> {
                    pull();
                    open.whenCancelled(() -> why.add("cut"));
                };
        cut(call(), Refusal.STOPPED);
        assertThat(why).containsExactly("back", "cut");
    }

    /** A second without sight is borne, counted from when it was last seen. */
    @Test
    void whatCannotBeSeenForASecondIsCutShort() {
        List<Integer> looks = new ArrayList<>();
        meanwhile =
                open -> {
                    open.whenCancelled(() -> looks.add(-1));
                    for (int millis : List.of(0, 999)) {
                        looks.add(looked(millis, true));
                    }
                    looks.add(looked(0, false));
                    looks.add(looked(999, true));
                    looks.add(looked(1, true));
                };
        cut(call(), Refusal.LEDGER_UNAVAILABLE);
        assertThat(looks).containsExactly(0, 999, 0, 999, -1, 1);
    }

    private int looked(int millis, boolean isBlind) {
        now = now.plusMillis(millis);
        blind = isBlind;
        gate.underWay().look();
        blind = false;
        return millis;
    }

    @Test
    @AttackCase("REV-009")
    void aWordAndAFileCutShort(@TempDir Path folder) {
        try (StopKeeper keeper =
                new StopKeeper(
                        clerk.stop(), gate.underWay(), new StopFile(folder), ledger, () -> now)) {
            CountDownLatch byWord = new CountDownLatch(1);
            meanwhile =
                    open -> {
                        open.whenCancelled(byWord::countDown);
                        keeper.stop(new StopSwitch.Stop(now, "per_1", "an incident"));
                        assertThat(byWord.getCount()).as("when it returns").isZero();
                    };
            cut(call(), Refusal.STOPPED);
            assertThat(keeper.resume("per_1")).isTrue();

            CountDownLatch byFile = new CountDownLatch(1);
            meanwhile =
                    open -> {
                        open.whenCancelled(byFile::countDown);
                        write(folder.resolve("stopped.json"));
                        assertThat(isSoon(byFile)).isTrue();
                    };
            cut(call(), Refusal.STOPPED);
            assertThat(keeper.resume("per_1")).isTrue();
        }
    }

    private static void write(Path file) {
        try {
            Files.createFile(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isSoon(CountDownLatch one) {
        try {
            return one.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
