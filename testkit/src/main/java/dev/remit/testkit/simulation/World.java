package dev.remit.testkit.simulation;

import dev.remit.call.Arguments;
import dev.remit.call.Call;
import dev.remit.call.CallId;
import dev.remit.call.Digest;
import dev.remit.call.Outcome;
import dev.remit.call.Pin;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.decision.Judge;
import dev.remit.decision.Rules;
import dev.remit.gate.Answer;
import dev.remit.gate.Clerk;
import dev.remit.gate.Demands;
import dev.remit.gate.Gate;
import dev.remit.gate.Line;
import dev.remit.gate.Overseer;
import dev.remit.gate.Recall;
import dev.remit.identity.AgentId;
import dev.remit.identity.Caller;
import dev.remit.identity.MandateId;
import dev.remit.identity.Person;
import dev.remit.identity.PersonId;
import dev.remit.ledger.Entry;
import dev.remit.ledger.Event;
import dev.remit.ledger.Ledger;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.mandate.Limits;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.MandateBook;
import dev.remit.mandate.MandateText;
import dev.remit.mandate.Sheet;
import dev.remit.mandate.Task;
import dev.remit.registry.ActRefused;
import dev.remit.registry.Ceiling;
import dev.remit.registry.Grantor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/**
 * Agents, people, tools and one gateway in a world whose every turn comes from one seed. While one
 * of them waits for the store or an upstream, others act, as they would on other threads.
 */
final class World {
    private static final List<Tool> TOOLS =
            List.of(
                    Tool.of("files.read"),
                    Tool.of("files.write"),
                    Tool.of("mail.send"),
                    Tool.of("pay.transfer"));
    private static final int DEEPEST = 3;
    private static final Person PERSON = new Person(new PersonId("per_1"), "Person");

    private final SplittableRandom dice;
    private final Fault fault;
    private final Journals journals = new Journals();
    private final List<String> trace = new ArrayList<>();
    private final SimulatedStore store;
    private final Crowd crowd;
    private final List<Question> questions = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-22T09:00:00Z");
    private long names;
    private int depth = DEEPEST; // nobody acts until the world is made

    /** What a client was asked, and for which call. */
    private record Question(Caller caller, Call call) {}

    World(long seed, Fault fault) {
        this.dice = new SplittableRandom(seed);
        this.fault = fault;
        this.store = new SimulatedStore(dice, fault, this::meanwhile);
        this.crowd = new Crowd(store, this::name, now);
        for (Tool tool : TOOLS) {
            pin(tool, "first", Optional.empty());
        }
        store.beginToFail();
        depth = 0;
    }

    /** One turn of somebody. */
    void turn() {
        now = now.plusMillis(dice.nextLong(20));
        try {
            act();
        } catch (Killed e) {
            depth = 0;
            store.crash(now);
            note("crash");
        }
    }

    /** What others do while somebody waits. */
    void meanwhile() {
        if (depth < DEEPEST && dice.nextInt(100) < 25) {
            depth++;
            act();
            depth--;
        }
    }

    private void act() {
        try {
            int what = dice.nextInt(100);
            if (what < 58) {
                call();
            } else if (what < 70) {
                answer();
            } else if (what < 80) {
                give();
            } else if (what < 84) {
                grantor()
                        .widen(
                                someMandate(),
                                MandateText.readPermissions(permissions()).all(),
                                PERSON);
            } else if (what < 88) {
                note("revoke " + grantor().revoke(someMandate(), "enough", PERSON).id());
            } else if (what < 90) {
                grantor().complete(someMandate(), PERSON);
            } else if (what < 92) {
                crowd.changeStanding(dice, now);
            } else if (what < 95) {
                changeTool();
            } else if (what < 99) {
                now = now.plusSeconds(dice.nextInt(-30, 300));
            } else {
                throw new Killed();
            }
        } catch (ActRefused | LedgerUnavailable e) {
            note("not done: " + e.getMessage());
        }
    }

    private void call() {
        Caller caller = crowd.someCaller(dice);
        Tool tool = TOOLS.get(dice.nextInt(TOOLS.size()));
        Value.Fields arguments =
                Value.object()
                        .put("to", dice.nextBoolean() ? "ines" : "omar")
                        .put("amount", dice.nextInt(5))
                        .build();
        make(caller, new Call(new CallId(name("call_")), tool, new Arguments(arguments), now));
    }

    /** Somebody answers a question: mostly what was asked, not always for the first time. */
    private void answer() {
        if (questions.isEmpty()) {
            return;
        }
        Question question = questions.get(dice.nextInt(questions.size()));
        Caller caller = dice.nextInt(10) == 0 ? crowd.someCaller(dice) : question.caller();
        Call first = question.call();
        Arguments arguments = dice.nextInt(10) == 0 ? Arguments.NONE : first.arguments();
        make(
                caller,
                new Call(
                        new CallId(name("call_")),
                        first.tool(),
                        arguments,
                        now,
                        Optional.of(first.id())));
    }

    private void make(Caller caller, Call call) {
        journals.asked.put(
                call.id(), new Journals.Asked(caller.agent(), caller.instance().id(), call));
        Gate gate =
                new Gate(
                        new Clerk(
                                store.memory(),
                                mandates(caller),
                                store.memory(),
                                store.memory(),
                                store.memory().questions(),
                                Demands.NONE,
                                Recall.none(),
                                Rules::none,
                                () -> now),
                        new Judge(),
                        ledger(),
                        new SimulatedUpstream(this, dice, fault),
                        new Overseer(
                                store.memory().conduct(),
                                mandates(caller),
                                List.of(),
                                ledger(),
                                () -> now));
        Answer answer = gate.call(caller, call, Line.closed());
        journals.answered.put(call.id(), answer);
        if (answer instanceof Answer.Ended(_, Outcome.Asked _)) {
            questions.add(new Question(caller, call));
        }
        note(call.id() + " " + call.tool() + " " + answer);
    }

    private void give() {
        AgentId agent = crowd.someAgent(dice);
        Limits limits =
                new Limits(
                        now.plusSeconds(dice.nextInt(10, 600)),
                        dice.nextInt(3) == 0
                                ? Optional.of(Duration.ofSeconds(60))
                                : Optional.empty(),
                        dice.nextInt(3) == 0
                                ? OptionalLong.of(dice.nextInt(1, 6))
                                : OptionalLong.empty(),
                        dice.nextInt(2, 8));
        Mandate given =
                grantor()
                        .give(
                                PERSON,
                                agent,
                                new Task("do it"),
                                MandateText.readPermissions(permissions()),
                                limits);
        note("give " + given.id() + " to " + agent);
        crowd.nameMandate(dice, given.id(), now);
    }

    private Value.Fields permissions() {
        List<Value> permissions = new ArrayList<>();
        for (Tool tool : TOOLS) {
            if (dice.nextBoolean()) {
                Value.Building one = Value.object().put("tool", tool.toString());
                if (dice.nextBoolean()) {
                    one.put("uses", dice.nextInt(1, 4));
                }
                if (dice.nextInt(3) == 0) {
                    Value.Fields to = Value.object().put("exact", "ines").build();
                    Value.Fields rest = Value.object().put("any", true).build();
                    one.put("arguments", Value.object().put("to", to).put("*", rest).build());
                }
                permissions.add(one.build());
            }
        }
        return Value.object().put("permissions", new Value.Items(permissions)).build();
    }

    private void changeTool() {
        Tool tool = TOOLS.get(dice.nextInt(TOOLS.size()));
        boolean held = store.memory().pin(tool).orElseThrow().held().isPresent();
        pin(tool, "first", held ? Optional.empty() : Optional.of("second"));
    }

    private void pin(Tool tool, String accepted, Optional<String> held) {
        Pin pin = new Pin(tool, digest(accepted), held.map(World::digest), Value.Fields.EMPTY);
        try {
            ledger().append(new Event.ToolPinned(pin, "x"), now);
        } catch (LedgerUnavailable e) {
            note("not pinned");
        }
    }

    private static Digest digest(String definition) {
        return Pin.digest(Value.object().put("description", definition).build());
    }

    private MandateId someMandate() {
        List<Sheet> all = store.memory().list(4);
        if (all.isEmpty()) {
            throw new ActRefused("there is no mandate yet");
        }
        return all.get(dice.nextInt(all.size())).mandate().id();
    }

    /**
     * The books as they are; under the planted fault, somebody else's mandate passed off as the
     * caller's.
     */
    private MandateBook mandates(Caller caller) {
        if (fault != Fault.MANDATES_ARE_MIXED_UP) {
            return store.memory();
        }
        return new MixedUpMandates(store.memory(), caller.agent());
    }

    private Grantor grantor() {
        return new Grantor(store.memory(), Ceiling.none(), ledger(), this::name, () -> now);
    }

    private Ledger ledger() {
        return new Ledger(store, () -> new byte[16]);
    }

    private String name() {
        return Long.toString(++names);
    }

    private String name(String kind) {
        return kind + name();
    }

    private void note(String what) {
        trace.add(what);
    }

    Journals journals() {
        return journals;
    }

    List<Entry> log() {
        return store.memory().entries();
    }

    List<Entry> acknowledged() {
        return store.acknowledged();
    }

    /** Everything that happened, in order; equal for equal seeds. */
    List<String> trace() {
        return trace;
    }
}
