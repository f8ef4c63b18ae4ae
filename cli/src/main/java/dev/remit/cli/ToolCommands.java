package dev.remit.cli;

import dev.remit.call.Value;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code remit tool …}. */
@Command(
        name = "tool",
        description = "the upstreams' tools, and definitions held because they changed")
final class ToolCommands {
    @Mixin private Where where = new Where();

    @Command(name = "list", description = "show the tools seen so far")
    int list(@Mixin Shown shown) {
        Value tools = where.operator().act("tools/list", Value.Fields.EMPTY);
        shown.show(tools, out -> lines(out, tools));
        return Exit.DONE;
    }

    private static void lines(PrintStream out, Value tools) {
        if (tools instanceof Value.Items(var all)) {
            for (Value one : all) {
                Value.Fields tool = (Value.Fields) one;
                String reads =
                        (tool.flag("reads") ? "(reads) " : "")
                                + tool.items("labels").stream()
                                        .map(label -> "#" + ((Value.Text) label).value() + " ")
                                        .collect(Collectors.joining());
                String held = tool.text("held").isPresent() ? "HELD, its definition changed: " : "";
                String description = Shown.plain(tool.text("description").orElse(""));
                out.printf(
                        "%-40s %s%s%s%n",
                        tool.text("tool").orElse(""),
                        held,
                        reads,
                        description.substring(0, Math.min(70, description.length())));
            }
        }
    }

    @Command(name = "accept", description = "accept a tool's changed definition")
    int accept(@Parameters(paramLabel = "TOOL") String tool) {
        where.operator().act("tools/accept", Value.object().put("tool", tool).build());
        System.out.println("accepted");
        return Exit.DONE;
    }

    @Command(
            name = "reads",
            description = "say that a tool only reads: clients that prove no key may call it")
    int reads(
            @Parameters(paramLabel = "TOOL") String tool,
            @Option(names = "--not", description = "take it back") boolean not) {
        Value asked = Value.object().put("tool", tool).put("reads", !not).build();
        where.operator().act("tools/mark", (Value.Fields) asked);
        System.out.println(not ? "no longer marked" : "marked");
        return Exit.DONE;
    }

    @Command(
            name = "label",
            description =
                    "say what a tool is labelled with, all of it, for conditions: confidential")
    int label(
            @Parameters(paramLabel = "TOOL") String tool,
            @Parameters(paramLabel = "LABEL", arity = "0..*", index = "1")
                    @Nullable List<String> labels) {
        Value asked =
                Value.object()
                        .put("tool", tool)
                        .put("labels", Value.ofTexts(labels == null ? List.of() : labels))
                        .build();
        where.operator().act("tools/label", (Value.Fields) asked);
        System.out.println(labels == null ? "without labels" : "labelled");
        return Exit.DONE;
    }
}
