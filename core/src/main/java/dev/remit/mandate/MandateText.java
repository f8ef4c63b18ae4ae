package dev.remit.mandate;

import dev.remit.call.Value;
import dev.remit.identity.AgentId;
import dev.remit.identity.Authentication;
import dev.remit.identity.MandateId;
import dev.remit.identity.Person;
import dev.remit.identity.PersonId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A mandate as JSON: the one form in the log, the store, the interface and the manual. Reading what
 * was written gives an equal mandate; anything missing or of the wrong kind is an {@link
 * IllegalArgumentException} that names it.
 */
public final class MandateText {
    private MandateText() {}

    public static Value.Fields write(Mandate mandate) {
        return Value.object()
                .put("id", mandate.id().text())
                .put("version", mandate.version())
                .put("task", mandate.task().words())
                .putIf("amended", mandate.task().amended().write())
                .put(
                        "giver",
                        Value.object()
                                .put("id", mandate.giver().id().text())
                                .put("name", mandate.giver().name())
                                .build())
                .put("agent", mandate.agent().text())
                .put("permissions", permissions(mandate.permissions()))
                .put("limits", LimitsText.write(mandate.limits()))
                .put("given", mandate.givenAt().toString())
                .put("status", status(mandate.status()))
                .putIf("delegates", delegates(mandate.delegates()))
                .putIf("sign_in", mandate.signIn().map(MandateText::signIn))
                .putIf("from", mandate.basis().map(BasisText::write))
                .build();
    }

    public static Mandate read(Value.Fields text) {
        Value.Fields giver = fields(text, "giver");
        return new Mandate(
                new MandateId(string(text, "id")),
                new Person(new PersonId(string(giver, "id")), string(giver, "name")),
                new AgentId(string(text, "agent")),
                new Task(string(text, "task"), Amendment.read(text)),
                readPermissions(text),
                LimitsText.read(fields(text, "limits")),
                Instant.parse(string(text, "given")),
                readStatus(fields(text, "status")),
                readDelegates(text),
                text.fields("sign_in").map(MandateText::readSignIn),
                present(text, "from", text.fields("from")).map(BasisText::read),
                text.whole("version").orElseThrow(() -> missing("version")));
    }

    private static Value signIn(Authentication shown) {
        return Value.object()
                .put("at", shown.at().toString())
                .putIf("acr", shown.acr().map(Value::of))
                .build();
    }

    private static Authentication readSignIn(Value.Fields text) {
        return new Authentication(Instant.parse(string(text, "at")), text.text("acr"));
    }

    private static Optional<Value> delegates(Set<AgentId> delegates) {
        return delegates.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Value.ofTexts(delegates.stream().map(AgentId::text).sorted().toList()));
    }

    /** Reads the field {@code delegates}, which holds ids of agents. */
    public static Set<AgentId> readDelegates(Value.Fields text) {
        Set<AgentId> read = new HashSet<>();
        for (Value one : text.items("delegates")) {
            if (!(one instanceof Value.Text(String id)) || !read.add(new AgentId(id))) {
                throw missing("delegates");
            }
        }
        if (read.isEmpty() && text.get("delegates").isPresent()) {
            throw missing("delegates");
        }
        return read;
    }

    public static Value permissions(Permissions permissions) {
        return permissions(permissions.all());
    }

    static Value.Items permissions(List<Permission> permissions) {
        List<Value> written = new ArrayList<>();
        for (Permission permission : permissions) {
            Value.Building arguments = Value.object();
            permission.arguments().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(
                            argument ->
                                    arguments.put(
                                            argument.getKey(), constraint(argument.getValue())));
            Value.Building one =
                    Value.object()
                            .put("name", permission.name())
                            .put("tool", permission.tools().text());
            if (!permission.arguments().isEmpty()) {
                one.put("arguments", arguments.build());
            }
            permission.uses().ifPresent(uses -> one.put("uses", uses));
            if (!permission.when().isEmpty()) {
                one.put("when", LimitsText.conditions(permission.when()));
            }
            written.add(one.build());
        }
        return new Value.Items(written);
    }

    /** Reads the field {@code permissions}; one without a name is named by its place. */
    public static Permissions readPermissions(Value.Fields text) {
        return new Permissions(readPermissions(list(text, "permissions")));
    }

    static List<Permission> readPermissions(List<Value> all) {
        List<Permission> read = new ArrayList<>();
        for (Value one : all) {
            if (!(one instanceof Value.Fields permission)) {
                throw new IllegalArgumentException("a permission is an object");
            }
            only(permission, "name", "tool", "arguments", "uses", "when");
            Map<String, Constraint> arguments = new LinkedHashMap<>();
            present(permission, "arguments", permission.fields("arguments"))
                    .orElse(Value.Fields.EMPTY)
                    .values()
                    .forEach((name, written) -> arguments.put(name, readConstraint(written)));
            read.add(
                    new Permission(
                            permission.text("name").orElse("p" + (read.size() + 1)),
                            new Glob(string(permission, "tool")),
                            arguments,
                            whole(permission, "uses"),
                            LimitsText.readConditions(list(permission, "when"))));
        }
        return read;
    }

    static Value.Fields status(Mandate.Status status) {
        return switch (status) {
            case Mandate.Status.Active() -> Value.object().put("is", "active").build();
            case Mandate.Status.Completed(Instant at) ->
                    Value.object().put("is", "completed").put("at", at.toString()).build();
            case Mandate.Status.Revoked(String by, Instant at, String why) ->
                    Value.object()
                            .put("is", "revoked")
                            .put("at", at.toString())
                            .put("by", by)
                            .put("why", why)
                            .build();
        };
    }

    /** Reads a status as {@link #write} has it under {@code status}. */
    static Mandate.Status readStatus(Value.Fields text) {
        return switch (string(text, "is")) {
            case "active" -> new Mandate.Status.Active();
            case "completed" -> new Mandate.Status.Completed(Instant.parse(string(text, "at")));
            case "revoked" ->
                    new Mandate.Status.Revoked(
                            string(text, "by"),
                            Instant.parse(string(text, "at")),
                            string(text, "why"));
            case String other ->
                    throw new IllegalArgumentException("`" + other + "` is no status of a mandate");
        };
    }

    public static Value constraint(Constraint constraint) {
        return switch (constraint) {
            case Constraint.Exact(Value value) -> Value.object().put("exact", value).build();
            case Constraint.OneOf(List<Value> values) ->
                    Value.object().put("one_of", new Value.Items(values)).build();
            case Constraint.Pattern(Glob glob) ->
                    Value.object().put("pattern", glob.text()).build();
            case Constraint.Range(Optional<BigDecimal> least, Optional<BigDecimal> most) ->
                    Value.object()
                            .putIf("min", least.map(Value.Num::new))
                            .putIf("max", most.map(Value.Num::new))
                            .build();
            case Constraint.PathBelow(String root) ->
                    Value.object().put("path_below", root).build();
            case Constraint.Any() -> Value.object().put("any", true).build();
            case Constraint.Unrecognised(Value written) -> written;
        };
    }

    /** Reads a constraint; what is not recognised admits nothing. */
    static Constraint readConstraint(Value written) {
        if (!(written instanceof Value.Fields fields)) {
            return new Constraint.Unrecognised(written);
        }
        try {
            return switch (String.join(" ", fields.values().keySet())) {
                case "exact" -> new Constraint.Exact(fields.get("exact").orElseThrow());
                case "one_of" -> new Constraint.OneOf(fields.items("one_of"));
                case "pattern" -> new Constraint.Pattern(new Glob(string(fields, "pattern")));
                case "min", "max", "min max", "max min" ->
                        new Constraint.Range(number(fields, "min"), number(fields, "max"));
                case "path_below" -> new Constraint.PathBelow(string(fields, "path_below"));
                case "any" ->
                        fields.flag("any")
                                ? new Constraint.Any()
                                : new Constraint.Unrecognised(written);
                default -> new Constraint.Unrecognised(written);
            };
        } catch (IllegalArgumentException e) {
            return new Constraint.Unrecognised(written);
        }
    }

    static Optional<BigDecimal> number(Value.Fields fields, String name) {
        return fields.get(name)
                .map(
                        value ->
                                switch (value) {
                                    case Value.Num(BigDecimal number) -> number;
                                    case Value.Text _,
                                            Value.Flag _,
                                            Value.Nothing _,
                                            Value.Items _,
                                            Value.Fields _ ->
                                            throw missing(name);
                                });
    }

    /** What is there under this name, if anything; not if it is there and of another kind. */
    static <T> Optional<T> present(Value.Fields fields, String name, Optional<T> read) {
        if (read.isEmpty() && fields.get(name).isPresent()) {
            throw missing(name);
        }
        return read;
    }

    static List<Value> list(Value.Fields fields, String name) {
        return fields.get(name)
                .map(
                        value -> {
                            if (value instanceof Value.Items(List<Value> all)) {
                                return all;
                            }
                            throw missing(name);
                        })
                .orElse(List.of());
    }

    static OptionalLong whole(Value.Fields fields, String name) {
        OptionalLong whole = fields.whole(name);
        if (whole.isEmpty() && fields.get(name).isPresent()) {
            throw new IllegalArgumentException("`" + name + "` is a whole number");
        }
        return whole;
    }

    static String string(Value.Fields fields, String name) {
        return fields.text(name).orElseThrow(() -> missing(name));
    }

    private static Value.Fields fields(Value.Fields fields, String name) {
        return fields.fields(name).orElseThrow(() -> missing(name));
    }

    static IllegalArgumentException missing(String name) {
        return new IllegalArgumentException("`" + name + "` is missing or of the wrong kind");
    }

    static void only(Value.Fields fields, String... names) {
        for (String name : fields.values().keySet()) {
            if (!List.of(names).contains(name)) {
                throw new IllegalArgumentException(
                        "`" + name + "` is not known here; known: " + String.join(", ", names));
            }
        }
    }
}
