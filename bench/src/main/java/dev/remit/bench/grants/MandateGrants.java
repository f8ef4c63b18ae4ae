package dev.remit.bench.grants;

import dev.remit.bench.Callers;
import dev.remit.bench.Opened;
import dev.remit.call.Arguments;
import dev.remit.call.Call;
import dev.remit.call.CallId;
import dev.remit.call.Pin;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.decision.Decision;
import dev.remit.decision.Judge;
import dev.remit.gate.Clerk;
import dev.remit.identity.Caller;
import dev.remit.identity.Instance;
import dev.remit.identity.MandateId;
import dev.remit.identity.Person;
import dev.remit.identity.PersonId;
import dev.remit.ledger.Event;
import dev.remit.mandate.Constraint;
import dev.remit.mandate.Glob;
import dev.remit.mandate.Limits;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Permission;
import dev.remit.mandate.Permissions;
import dev.remit.mandate.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Remit's own: the clerk's gathering from the embedded store, and the judge. */
final class MandateGrants implements Engine {
    private static final String UPSTREAM = "files";

    private final Instant now = Instant.now();
    private final Opened opened = Opened.in("grants");
    private final Clerk clerk = opened.clerk();
    private final Judge judge = new Judge();
    private final List<Caller> callers = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();

    MandateGrants(Workload workload) {
        Callers agents = new Callers(opened.store(), now);
        for (int tool = 0; tool < Workload.EACH; tool++) {
            opened.append(new Event.ToolPinned(pin("tool" + tool), "x"));
        }
        Instance[] enrolled = new Instance[workload.agents()];
        opened.atOnce(
                enrolled.length,
                agent -> {
                    enrolled[agent] = agents.enrol("a" + agent, opened::append);
                    opened.append(new Event.MandateGiven(mandate(agent, enrolled[agent])));
                });
        Map<Integer, Caller> known = new HashMap<>();
        for (Workload.Grant one : workload.asked()) {
            callers.add(
                    known.computeIfAbsent(
                            one.agent(),
                            agent -> agents.caller(enrolled[agent], Optional.empty())));
            calls.add(call(one));
        }
    }

    @Override
    public boolean allows(int request) {
        return judge.decide(clerk.gather(callers.get(request), calls.get(request)))
                instanceof Decision.Allow;
    }

    @Override
    public void close() {
        opened.close();
    }

    private Mandate mandate(int agent, Instance instance) {
        List<Permission> permissions =
                IntStream.range(0, Workload.EACH)
                        .mapToObj(i -> permission(new Workload.Grant(agent, i)))
                        .toList();
        return new Mandate(
                new MandateId("mdt_" + agent),
                new Person(new PersonId("per_1"), "Ada"),
                instance.agent(),
                new Task("keep the notes in order"),
                new Permissions(permissions),
                new Limits(now.plus(Duration.ofDays(1)), Optional.empty(), OptionalLong.empty(), 5),
                now,
                new Mandate.Status.Active(),
                1);
    }

    private static Permission permission(Workload.Grant one) {
        return new Permission(
                "p" + one.number(),
                new Glob(UPSTREAM + "." + one.tool()),
                Map.of("path", new Constraint.PathBelow(one.folder())),
                OptionalLong.empty());
    }

    private static Call call(Workload.Grant one) {
        return new Call(
                new CallId("call_0193a1b2c3d47e5f8a9b0c1d2e3f4a5b"),
                new Tool(UPSTREAM, one.tool()),
                new Arguments(Value.object().put("path", one.file()).build()),
                Instant.EPOCH);
    }

    private static Pin pin(String name) {
        Value.Fields definition = Value.object().put("name", name).build();
        return new Pin(
                new Tool(UPSTREAM, name), Pin.digest(definition), Optional.empty(), definition);
    }
}
