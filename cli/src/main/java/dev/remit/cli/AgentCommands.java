package dev.remit.cli;

import dev.remit.call.Value;
import java.io.PrintStream;
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
    int add(@Parameters(paramLabel = "NAME") String name, @Mixin Shown shown) {
        Value.Fields added = act("agents/add", Value.object().put("name", name).build());
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

    @Command(name = "list", description = "show all agents")
    int list(@Mixin Shown shown) {
        Value agents = where.operator().act("agents/list", Value.Fields.EMPTY);
        shown.show(agents, out -> agents(out, agents));
        return Exit.DONE;
    }

    private static void agents(PrintStream out, Value agents) {
        if (agents instanceof Value.Items(var all)) {
            for (Value one : all) {
                Value.Fields agent = (Value.Fields) one;
                out.printf(
                        "%-26s %-10s %s%n",
                        agent.text("name").orElse(""),
                        agent.text("standing").orElse(""),
                        agent.text("agent").orElse(""));
                for (Value instance : agent.items("instances")) {
                    Value.Fields copy = (Value.Fields) instance;
                    out.printf(
                            "  %s  since %s%s%n",
                            copy.text("instance").orElse(""),
                            copy.text("since").orElse(""),
                            copy.flag("revoked") ? "  revoked" : "");
                }
            }
        }
    }

    @Command(name = "suspend", description = "allow an agent nothing until it is restored")
    int suspend(
            @Parameters(paramLabel = "AGENT") String agent,
            @Option(names = "--why", defaultValue = "suspended by the operator") String why) {
        act("agents/suspend", Value.object().put("agent", agent).put("why", why).build());
        System.out.println("suspended");
        return Exit.DONE;
    }

    @Command(name = "restore", description = "end an agent's suspension")
    int restore(@Parameters(paramLabel = "AGENT") String agent) {
        act("agents/restore", Value.object().put("agent", agent).build());
        System.out.println("restored");
        return Exit.DONE;
    }

    @Command(name = "revoke", description = "end one instance's key for good")
    int revoke(@Parameters(paramLabel = "INSTANCE") String instance) {
        act("instances/revoke", Value.object().put("instance", instance).build());
        System.out.println("revoked");
        return Exit.DONE;
    }

    private Value.Fields act(String name, Value.Fields asked) {
        return (Value.Fields) where.operator().act(name, asked);
    }
}
