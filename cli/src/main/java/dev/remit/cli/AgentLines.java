package dev.remit.cli;

import dev.remit.call.Value;
import java.io.PrintStream;

/** Agents and instances as lines for people. */
final class AgentLines {
    private AgentLines() {}

    static void agents(PrintStream out, Value.Fields page) {
        for (Value one : page.items("agents")) {
            agent(out, (Value.Fields) one);
        }
        next(out, page);
    }

    static void agent(PrintStream out, Value.Fields agent) {
        StringBuilder tags = new StringBuilder();
        Value.Fields all = agent.fields("tags").orElse(Value.Fields.EMPTY);
        for (String tag : all.values().keySet()) {
            tags.append("  ").append(tag).append('=').append(all.text(tag).orElse(""));
        }
        out.printf(
                "%-26s %-10s %s%s%n",
                Shown.plain(agent.text("name").orElse("")),
                agent.text("standing").orElse(""),
                agent.text("agent").orElse(""),
                Shown.plain(tags.toString()));
        agent.text("why").ifPresent(why -> out.println("  because: " + Shown.plain(why)));
        if (agent.text("standing").orElse("").equals("suspended")) {
            String id = agent.text("agent").orElse("");
            out.println("  `remit why " + id + "` says more; `remit agent restore " + id + "`");
        }
        for (Value instance : agent.items("instances")) {
            Value.Fields copy = (Value.Fields) instance;
            out.printf(
                    "  %s  since %s%s%n",
                    copy.text("instance").orElse(""), copy.text("since").orElse(""), state(copy));
        }
        if (agent.flag("more_instances")) {
            out.println(
                    "  … and more: `remit agent instances " + agent.text("agent").orElse("") + "`");
        }
    }

    static void instances(PrintStream out, Value.Fields page) {
        for (Value one : page.items("instances")) {
            Value.Fields instance = (Value.Fields) one;
            out.printf(
                    "%s  %s  key %s  since %s%s%n",
                    instance.text("instance").orElse(""),
                    instance.text("agent").orElse(""),
                    instance.text("key").orElse(""),
                    instance.text("since").orElse(""),
                    state(instance));
        }
        next(out, page);
    }

    private static String state(Value.Fields instance) {
        if (instance.flag("revoked")) {
            return "  revoked";
        }
        return instance.flag("suspended")
                ? "  suspended, because: " + Shown.plain(instance.text("why").orElse(""))
                : "";
    }

    private static void next(PrintStream out, Value.Fields page) {
        page.text("next")
                .ifPresent(
                        from ->
                                out.println(
                                        "there are more: --from \"" + Shown.plain(from) + "\""));
    }
}
