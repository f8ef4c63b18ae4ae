package dev.remit.bench;

import dev.remit.call.Arguments;
import dev.remit.call.Call;
import dev.remit.call.CallId;
import dev.remit.call.Pin;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.identity.AgentId;
import dev.remit.identity.MandateId;
import dev.remit.identity.Person;
import dev.remit.identity.PersonId;
import dev.remit.mandate.Constraint;
import dev.remit.mandate.Glob;
import dev.remit.mandate.Limits;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Permission;
import dev.remit.mandate.Permissions;
import dev.remit.mandate.Task;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The mandates and calls that are measured. */
final class Office {
    static final Tool EDIT = new Tool("docs", "edit");

    private Office() {}

    static Mandate mandate(String id, AgentId agent, Permissions permissions, Instant now) {
        return new Mandate(
                new MandateId("mdt_" + id),
                new Person(new PersonId("per_1"), "Ada"),
                agent,
                new Task("update the agenda of Thursday's meeting"),
                permissions,
                new Limits(
                        now.plus(Duration.ofDays(1)),
                        Optional.of(Duration.ofHours(8)),
                        OptionalLong.of(1_000_000),
                        5),
                now,
                new Mandate.Status.Active(),
                1);
    }

    /** So many permissions, each for a tool of its own; the last is for editing agendas. */
    static Permissions forManyTools(int count) {
        List<Permission> all = new ArrayList<>();
        for (int i = 1; i < count; i++) {
            all.add(editing("p" + i, new Glob("docs.tool" + i), "/agendas"));
        }
        all.add(editing("last", new Glob("docs.edit"), "/agendas"));
        return new Permissions(all);
    }

    /** So many permissions for one and the same tool; only the last is for agendas. */
    static Permissions forOneTool(int count) {
        List<Permission> all = new ArrayList<>();
        for (int i = 1; i < count; i++) {
            all.add(editing("p" + i, new Glob("docs.edit"), "/folder" + i));
        }
        all.add(editing("last", new Glob("docs.edit"), "/agendas"));
        return new Permissions(all);
    }

    /** So many globs; only the last fits. */
    static Permissions globs(int count) {
        List<Permission> all = new ArrayList<>();
        for (int i = 1; i < count; i++) {
            all.add(editing("p" + i, new Glob("other" + i + ".*"), "/agendas"));
        }
        all.add(editing("last", new Glob("docs.*"), "/agendas"));
        return new Permissions(all);
    }

    private static Permission editing(String name, Glob tools, String folder) {
        return new Permission(
                name,
                tools,
                Map.of(
                        "path", new Constraint.PathBelow(folder),
                        "mode",
                                new Constraint.OneOf(
                                        List.of(Value.of("append"), Value.of("replace"))),
                        "line",
                                new Constraint.Range(
                                        Optional.of(BigDecimal.ONE),
                                        Optional.of(BigDecimal.valueOf(500))),
                        "language", new Constraint.Exact(Value.of("en")),
                        "text", new Constraint.Any()),
                OptionalLong.empty());
    }

    static Call edit(String folder) {
        Value.Fields arguments =
                Value.object()
                        .put("path", folder + "/2026/thursday.md")
                        .put("mode", "append")
                        .put("line", 12)
                        .put("language", "en")
                        .put("text", "4. Budget for the new office")
                        .build();
        return new Call(
                new CallId("call_0193a1b2c3d47e5f8a9b0c1d2e3f4a5b"),
                EDIT,
                new Arguments(arguments),
                Instant.EPOCH);
    }

    static Pin pin() {
        Value.Fields definition = Value.object().put("name", EDIT.name()).build();
        return new Pin(EDIT, Pin.digest(definition), Optional.empty(), definition);
    }
}
