package dev.remit.cli;

import dev.remit.call.Value;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
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
            all.forEach(tool -> out.println(ToolLines.inShort((Value.Fields) tool)));
        }
    }

    @Command(
            name = "show",
            description =
                    "show what a tool is taken to do, and what a held definition would change")
    int show(@Parameters(paramLabel = "TOOL") String tool, @Mixin Shown shown) {
        Value.Fields one = shown(tool);
        shown.show(one, out -> ToolLines.all(one).forEach(out::println));
        return Exit.DONE;
    }

    private Value.Fields shown(String tool) {
        return (Value.Fields)
                where.operator().act("tools/show", Value.object().put("tool", tool).build());
    }

    @Command(
            name = "accept",
            description =
                    "accept a tool's changed definition, after showing what it is taken to do now"
                            + " and would be")
    int accept(
            @Parameters(paramLabel = "TOOL") String tool,
            @Option(names = "--yes", description = "accept it without asking first") boolean yes) {
        Value.Fields one = shown(tool);
        ToolLines.all(one).forEach(System.out::println);
        if (!yes && one.text("held").isPresent()) {
            Asked.first("Accept the changed definition? [y/N] ", "nothing was accepted");
        }
        Value.Building asked = Value.object().put("tool", tool);
        one.get("held").ifPresent(held -> asked.put("seen", held));
        where.operator().act("tools/accept", asked.build());
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
            name = "correct",
            description =
                    "say what a tool does where its definition is read wrongly, all of it; said"
                            + " again, it replaces what was said before")
    int correct(
            @Parameters(paramLabel = "TOOL") String tool,
            @Option(
                            names = "--effect",
                            paramLabel = "EFFECT",
                            description =
                                    "what a call does: read, fetch, create, change, remove, send,"
                                            + " share, pay; several may be given")
                    @Nullable List<String> effects,
            @Option(
                            names = "--argument",
                            paramLabel = "NAME=USE",
                            description =
                                    "what an argument is for: destination, amount, target, secret,"
                                            + " content, plain")
                    @Nullable Map<String, String> arguments,
            @Option(names = "--none", description = "take back what was said") boolean none) {
        boolean says = effects != null || arguments != null;
        if (says == none) {
            throw new CommandFailed(
                    "say what to correct with --effect or --argument, or take it back with --none");
        }
        Value.Building roles = Value.object();
        if (arguments != null) {
            arguments.forEach(roles::put);
        }
        Value asked =
                Value.object()
                        .put("tool", tool)
                        .put("effects", Value.ofTexts(effects == null ? List.of() : effects))
                        .put("arguments", roles.build())
                        .build();
        Value.Fields now =
                (Value.Fields) where.operator().act("tools/correct", (Value.Fields) asked);
        ToolLines.all(now).forEach(System.out::println);
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
