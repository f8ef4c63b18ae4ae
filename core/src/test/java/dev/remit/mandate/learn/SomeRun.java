package dev.remit.mandate.learn;

import dev.remit.call.Arguments;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.identity.AgentId;
import dev.remit.identity.MandateId;
import dev.remit.identity.Person;
import dev.remit.identity.PersonId;
import dev.remit.mandate.Constraint;
import dev.remit.mandate.Glob;
import dev.remit.mandate.Limits;
import dev.remit.mandate.Permission;
import dev.remit.mandate.Permissions;
import dev.remit.mandate.Proposal;
import dev.remit.mandate.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Runs under mandates that were given for eight hours; each call is made ten minutes later. */
final class SomeRun {
    static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    private SomeRun() {}

    static Run of(String task, List<Permission> permissions, List<Run.Done> done) {
        return new Run(
                Proposal.of(
                                new Task(task),
                                new Permissions(permissions),
                                new Limits(NOW, Optional.empty(), OptionalLong.of(100), 5)
                                        .asking(3),
                                Duration.ofHours(8),
                                Optional.empty())
                        .mandate(
                                new MandateId("mdt_" + task.hashCode()),
                                new Person(new PersonId("per_1"), "Ada"),
                                new AgentId("agt_1"),
                                Set.of(),
                                Optional.empty(),
                                NOW),
                done,
                1);
    }

    static Permission permission(String name, String tools, Map<String, Constraint> arguments) {
        return new Permission(name, new Glob(tools), arguments, OptionalLong.empty());
    }

    static Run.Done done(Permission by, String tool, Map<String, ?> arguments) {
        Value.Building fields = Value.object();
        arguments.forEach(
                (name, value) -> {
                    if (value instanceof Integer number) {
                        fields.put(name, number);
                    } else {
                        fields.put(name, String.valueOf(value));
                    }
                });
        return new Run.Done(Tool.of(tool), new Arguments(fields.build()), by, NOW.plusSeconds(600));
    }

    /** The same, so long after the mandate was given. */
    static Run.Done after(Duration time, Run.Done done) {
        return new Run.Done(done.tool(), done.arguments(), done.by(), NOW.plus(time));
    }
}
