package dev.remit.store;

import dev.remit.call.Arguments;
import dev.remit.call.Call;
import dev.remit.call.CallId;
import dev.remit.call.Outcome;
import dev.remit.call.Pin;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.conduct.Tolerance;
import dev.remit.decision.Judge;
import dev.remit.decision.Rules;
import dev.remit.gate.Answer;
import dev.remit.gate.Clerk;
import dev.remit.gate.Counsel;
import dev.remit.gate.Demands;
import dev.remit.gate.Gate;
import dev.remit.gate.Line;
import dev.remit.gate.Overseer;
import dev.remit.gate.Recall;
import dev.remit.gate.Upstream;
import dev.remit.identity.Caller;
import dev.remit.identity.Person;
import dev.remit.identity.PersonId;
import dev.remit.ledger.Event;
import dev.remit.ledger.Ledger;
import dev.remit.mandate.Limits;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Permission;
import dev.remit.mandate.Permissions;
import dev.remit.mandate.Task;
import dev.remit.registry.Ceiling;
import dev.remit.registry.Grantor;
import dev.remit.registry.Registrar;
import dev.remit.testkit.SomeAgent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** The real gate over a real store that can stop and start again, and a clock that a test sets. */
final class GateRig implements AutoCloseable {
    static final Person ADA = new Person(new PersonId("per_1"), "Ada");

    private final Path data;
    private final AtomicLong names = new AtomicLong();
    private EmbeddedStore store;
    private Instant now;
    private List<Tolerance> tolerances = List.of();
    private Function<EmbeddedStore, Recall> recall = _ -> Recall.none();

    GateRig(Path data, Instant start) {
        this.data = data;
        this.now = start;
        this.store = TestStores.open(data);
    }

    EmbeddedStore store() {
        return store;
    }

    /** From the next gate on, so much is borne. */
    void bear(Tolerance... borne) {
        tolerances = List.of(borne);
    }

    /**
     * From the next gate on, what is meant is looked at so; each gate begins with the log alone.
     */
    void recalling(Function<EmbeddedStore, Recall> how) {
        recall = how;
    }

    Instant now() {
        return now;
    }

    void later(Duration time) {
        now = now.plus(time);
    }

    /** Stops and starts again; what was under way ended without anybody knowing how. */
    void restart() {
        store.close();
        store = TestStores.open(data);
    }

    Ledger ledger() {
        return new Ledger(store, () -> new byte[16]);
    }

    Grantor grantor() {
        return new Grantor(store, Ceiling.none(), ledger(), this::name, () -> now);
    }

    Registrar registrar() {
        return new Registrar(store, ledger(), this::name, this::name, () -> now);
    }

    SomeAgent agent(String name) {
        return new SomeAgent(name, registrar(), this::name);
    }

    void pin(String tool, String... labels) {
        pin(tool, Value.object().put("name", tool).build(), labels);
    }

    void pin(String tool, Value.Fields definition, String... labels) {
        Pin pin = new Pin(Tool.of(tool), Pin.digest(definition), Optional.empty(), definition);
        ledger().append(new Event.ToolPinned(pin.labelled(Set.of(labels)), "x"), now);
    }

    Mandate give(SomeAgent agent, Limits limits, Permission... permissions) {
        return give(agent, "act", limits, permissions);
    }

    Mandate give(SomeAgent agent, String words, Limits limits, Permission... permissions) {
        return grantor()
                .give(
                        ADA,
                        agent.id(),
                        new Task(words),
                        new Permissions(List.of(permissions)),
                        limits);
    }

    Gate gate(Upstream upstream) {
        return gate(upstream, Counsel.none());
    }

    Gate gate(Upstream upstream, Counsel counsel) {
        return new Gate(
                new Clerk(
                        store,
                        store,
                        store,
                        store,
                        store.questions(),
                        Demands.NONE,
                        recall.apply(store),
                        Rules::none,
                        () -> now),
                new Judge(),
                ledger(),
                upstream,
                new Overseer(store.conduct(), store, tolerances, ledger(), () -> now),
                counsel);
    }

    /** A gate whose upstream does as it is told. */
    Gate gate() {
        return gate((_, _) -> new Outcome.Answered(Value.Fields.EMPTY, Duration.ZERO, false));
    }

    Caller caller(SomeAgent agent) {
        return agent.caller(store, Optional.empty(), now);
    }

    Call call(String tool, Value.Fields arguments) {
        return new Call(new CallId("call_" + name()), Tool.of(tool), new Arguments(arguments), now);
    }

    Answer call(SomeAgent agent, String tool, Value.Fields arguments) {
        return gate().call(caller(agent), call(tool, arguments), Line.closed());
    }

    /** Does the same many times at once. */
    static <T> List<T> atOnce(int times, Callable<T> act) throws Exception {
        List<Future<T>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < times; i++) {
                all.add(threads.submit(act));
            }
        }
        List<T> done = new ArrayList<>();
        for (Future<T> one : all) {
            done.add(one.get());
        }
        return done;
    }

    private String name() {
        return "n" + names.incrementAndGet();
    }

    @Override
    public void close() {
        store.close();
    }
}
