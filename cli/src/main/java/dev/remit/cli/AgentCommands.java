package dev.remit.cli;

import dev.remit.call.Value;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code remit agent …}. */
@Command(
        name = "agent",
        description = "agents and their enrolled keys",
        subcommands = PassportCommands.class)
final class AgentCommands {
    @Mixin private Where where = new Where();

    /** The operator's door of the gateway that was named. */
    Operator operator() {
        return where.operator();
    }

    @Command(name = "new", description = "add an agent and print its one-time enrolment code")
    int add(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--tag", paramLabel = "TAG=VALUE", description = "a tag to begin with")
                    @Nullable Map<String, String> tags,
            @Mixin Shown shown) {
        Value.Building asked = Value.object().put("name", name);
        if (tags != null) {
            asked.put("tags", Which.tags(tags));
        }
        Value.Fields added = act("agents/add", asked.build());
        shown.show(added, out -> enrolment(out, added));
        return Exit.DONE;
    }

    @Command(
            name = "code",
            description = "print a new enrolment code for one more instance of an agent")
    int code(@Parameters(paramLabel = "AGENT") String agent, @Mixin Shown shown) {
        Value.Fields code = act("agents/code", Value.object().put("agent", agent).build());
        shown.show(code, out -> enrolment(out, code));
        return Exit.DONE;
    }

    private void enrolment(PrintStream out, Value.Fields code) {
        out.println("agent  " + code.text("agent").orElse(""));
        out.println("code   " + code.text("code").orElse("") + "   (once, within 10 minutes)");
        out.println(
                "enrol  remit connect --gateway " + where.operator().gateway() + " --code CODE");
    }

    @Command(name = "list", description = "show agents, by name")
    int list(@Mixin Which which, @Mixin Paged paged, @Mixin Shown shown) {
        Value.Fields page = act("agents/list", paged.asked(which.asked()));
        shown.show(page, out -> AgentLines.agents(out, page));
        return Exit.DONE;
    }

    @Command(name = "show", description = "show one agent")
    int show(@Parameters(paramLabel = "AGENT") String agent, @Mixin Shown shown) {
        Value.Fields one = act("agents/show", Value.object().put("agent", agent).build());
        shown.show(one, out -> AgentLines.agent(out, one));
        return Exit.DONE;
    }

    @Command(name = "instances", description = "show instances, the oldest first")
    int instances(
            @Parameters(paramLabel = "AGENT", arity = "0..1") @Nullable String agent,
            @Option(names = "--key", paramLabel = "THUMBPRINT", description = "that have this key")
                    @Nullable String key,
            @Option(
                            names = "--brought-by",
                            paramLabel = "ISSUER",
                            description = "that this issuer vouched for")
                    @Nullable String issuer,
            @Mixin Paged paged,
            @Mixin Shown shown) {
        Value.Building asked =
                Value.object()
                        .putIf("agent", Optional.ofNullable(agent).map(Value::of))
                        .putIf("key", Optional.ofNullable(key).map(Value::of))
                        .putIf("issuer", Optional.ofNullable(issuer).map(Value::of));
        Value.Fields page = act("instances/list", paged.asked(asked));
        shown.show(page, out -> AgentLines.instances(out, page));
        return Exit.DONE;
    }

    @Command(name = "tag", description = "set and take away an agent's tags")
    int tag(
            @Parameters(paramLabel = "AGENT") String agent,
            @Parameters(paramLabel = "TAG=VALUE", arity = "0..*", index = "1..*")
                    @Nullable Map<String, String> tags,
            @Option(names = "--remove", paramLabel = "TAG") @Nullable List<String> gone,
            @Mixin Shown shown) {
        Value.Fields tagged =
                act(
                        "agents/tag",
                        Value.object()
                                .put("agent", agent)
                                .put("tags", Which.tags(tags == null ? Map.of() : tags))
                                .put("gone", Value.ofTexts(gone == null ? List.of() : gone))
                                .build());
        shown.show(tagged, out -> AgentLines.agent(out, tagged));
        return Exit.DONE;
    }

    @Command(
            name = "suspend",
            description = "allow agents nothing, and give them no token, until they are restored")
    int suspend(
            @Mixin Many many,
            @Option(
                            names = "--instance",
                            paramLabel = "INSTANCE",
                            description = "one instance, by its id")
                    @Nullable String instance,
            @Option(names = "--why", defaultValue = "suspended by the operator") String why) {
        if (instance != null) {
            return change(many, instance, "suspend", "suspended", Value.object().put("why", why));
        }
        return change(many, "suspend", "suspended", Value.object().put("why", why).build());
    }

    @Command(
            name = "restore",
            description = "end a suspension; what was counted before counts no more")
    int restore(
            @Mixin Many many,
            @Option(
                            names = "--instance",
                            paramLabel = "INSTANCE",
                            description = "one suspended instance, by its id")
                    @Nullable String instance) {
        if (instance != null) {
            return change(many, instance, "restore", "restored", Value.object());
        }
        return change(many, "restore", "restored", Value.Fields.EMPTY);
    }

    @Command(
            name = "revoke",
            description =
                    "end an agent, an instance (by its id), a key or an issuer for good, with all"
                            + " that hangs from it")
    int revoke(
            @Mixin Many many,
            @Option(
                            names = "--key",
                            paramLabel = "THUMBPRINT",
                            description = "a key, whichever instances have it now or later")
                    @Nullable String key,
            @Option(
                            names = "--issuer",
                            paramLabel = "ISSUER",
                            description = "an issuer, and every instance that it vouched for")
                    @Nullable String issuer,
            @Option(names = "--why", defaultValue = "revoked by the operator") String why) {
        boolean agents = many.one().isPresent() || many.isSaid();
        if ((agents ? 1 : 0) + (key == null ? 0 : 1) + (issuer == null ? 0 : 1) > 1) {
            throw new CommandFailed("agents, a key and an issuer are revoked one at a time");
        }
        Value.Building reason = Value.object().put("why", why);
        if (key != null) {
            return ended(act("agentkeys/revoke", reason.put("key", key).build()));
        }
        if (issuer != null) {
            return ended(act("issuers/revoke", reason.put("issuer", issuer).build()));
        }
        Optional<String> instance = many.one().filter(one -> one.startsWith("ins_"));
        if (instance.isPresent()) {
            act("instances/revoke", reason.put("instance", instance.get()).build());
            System.out.println("revoked");
            return Exit.DONE;
        }
        return change(many, "revoke", "revoked", reason.build());
    }

    private static int ended(Value.Fields said) {
        System.out.println(
                "revoked; "
                        + said.whole("instances").orElse(0)
                        + (said.flag("more_instances") ? " instances and more" : " instances")
                        + " ended with it");
        return Exit.DONE;
    }

    private int change(Many many, String instance, String act, String done, Value.Building how) {
        if (many.one().isPresent() || many.isSaid()) {
            throw new CommandFailed("agents, or one instance; not both at once");
        }
        act("instances/" + act, how.put("instance", instance).build());
        System.out.println(done);
        return Exit.DONE;
    }

    private int change(Many many, String act, String done, Value.Fields how) {
        Optional<String> one = many.one();
        if (one.isPresent()) {
            act("agents/" + act, how.with("agent", Value.of(one.get())));
            System.out.println(done);
        } else {
            System.out.println(many.act(where.operator(), act, how) + " " + done);
        }
        return Exit.DONE;
    }

    private Value.Fields act(String name, Value.Fields asked) {
        return (Value.Fields) where.operator().act(name, asked);
    }
}
