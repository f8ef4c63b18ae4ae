package dev.remit.cli;

import dev.remit.call.Value;
import java.io.Console;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/**
 * {@code remit mandate new}. On a terminal the card is shown first, and what is given is what it
 * said; whoever is no terminal has nobody to ask.
 */
@Command(name = "new", description = "give an agent a mandate for one task")
final class GiveCommand implements Callable<Integer> {
    @ParentCommand private MandateCommands mandates = new MandateCommands();
    @Mixin private LimitOptions limits = new LimitOptions();
    @Mixin private Shown shown = new Shown();

    @Parameters(
            arity = "0..1",
            paramLabel = "WORDS",
            description = "the task, in your words; a template has its own")
    private @Nullable String task;

    @Option(
            names = "--agent",
            paramLabel = "AGENT",
            description = "whom it is given to; with --call, whoever made that call")
    private @Nullable String agent;

    @Option(
            names = "--call",
            paramLabel = "CALL",
            description =
                    "a call that was refused for want of a mandate: its agent, and calls like it"
                            + " unless --allow says otherwise")
    private @Nullable String call;

    @Option(
            names = "--allow",
            paramLabel = "PERMISSION",
            description = "upstream.tool, upstream.tool(name=value, *), … x3; may be repeated")
    private @Nullable List<String> allow;

    @Option(
            names = "--template",
            paramLabel = "NAME",
            description = "what it is made from; `remit template list` shows them")
    private @Nullable String template;

    @Option(
            names = "--set",
            paramLabel = "SLOT=VALUE",
            description = "fills a slot of the template; may be repeated")
    private List<String> set = List.of();

    @Option(
            names = "--like",
            paramLabel = "MANDATE",
            description = "another mandate, whose permissions and limits it has")
    private @Nullable String like;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "30s, 15m, 2h, 1d; an hour if nothing is said, or what the template says")
    private @Nullable String lives;

    @Option(
            names = "--not",
            paramLabel = "ACT",
            description =
                    "not part of the task, whatever its words say: create, change, remove, send,"
                            + " share or pay; may be repeated")
    private List<String> not = List.of();

    @Option(
            names = "--also",
            paramLabel = "ACT",
            description = "part of the task, as if in words; may be repeated")
    private List<String> also = List.of();

    @Option(
            names = "--delegate",
            paramLabel = "AGENT",
            description = "another agent that it may be passed on to; may be repeated")
    private @Nullable List<String> delegates;

    @Option(names = "--yes", description = "give it without asking first")
    private boolean yes;

    @Override
    public Integer call() {
        Value.Fields asked = asked();
        Operator operator = mandates.operator();
        Optional<Console> terminal = yes || shown.isJson() ? Optional.empty() : Asked.terminal();
        if (terminal.isPresent()) {
            give(terminal.get(), operator, asked);
            return Exit.DONE;
        }
        Value.Fields mandate = (Value.Fields) operator.act("mandates/new", asked);
        shown.show(mandate, out -> CardLines.print(out, mandate));
        return Exit.DONE;
    }

    /** Gives what was shown and agreed to, and nothing else. */
    private static void give(Console terminal, Operator operator, Value.Fields asked) {
        Value.Fields preview = (Value.Fields) operator.act("mandates/preview", asked);
        CardLines.print(System.out, preview);
        if (!Asked.isYes(terminal, "Give this mandate? [y/N] ")) {
            throw new CommandFailed("nothing was given");
        }
        Value seen = preview.get("seen").orElseThrow();
        Value.Fields given = (Value.Fields) operator.act("mandates/new", asked.with("seen", seen));
        System.out.println("  given    " + given.text("id").orElse(""));
    }

    private Value.Fields asked() {
        Value.Building asked = Value.object();
        if ((agent == null) == (call == null)) {
            throw new CommandFailed("say to whom, with --agent AGENT or --call CALL");
        }
        if (agent != null) {
            asked.put("agent", agent);
        }
        if (call != null) {
            asked.put("call", call);
        }
        if (task != null) {
            asked.put("task", task);
        }
        if (!not.isEmpty() || !also.isEmpty()) {
            asked.put("amended", amended());
        }
        if (delegates != null) {
            asked.put("delegates", Value.ofTexts(delegates));
        }
        if (template != null || like != null) {
            if (allow != null || !limits.isEmpty() || (template != null && like != null)) {
                throw new CommandFailed(
                        "a mandate's permissions and limits are typed, or those of --template, or of"
                                + " --like; say one of them (--for shortens any)");
            }
        } else {
            asked.put("permissions", Shorthand.permissions(allow == null ? List.of() : allow));
            asked.put("limits", limits.asked());
        }
        if (template != null) {
            asked.put("template", template);
            asked.put("set", filled());
        } else if (task == null) {
            throw new CommandFailed(
                    "say the task in your words, as in remit mandate new \"WORDS\" …");
        } else if (!set.isEmpty()) {
            throw new CommandFailed("--set fills a slot of a template; name it with --template");
        }
        if (like != null) {
            asked.put("like", like);
        }
        if (lives != null || template == null) {
            asked.put("lives", MandateCommands.time(lives == null ? "1h" : lives).toString());
        }
        return asked.build();
    }

    private Value amended() {
        Value.Building amended = Value.object();
        if (!not.isEmpty()) {
            amended.put("not", Value.ofTexts(not));
        }
        if (!also.isEmpty()) {
            amended.put("also", Value.ofTexts(also));
        }
        return amended.build();
    }

    private Value filled() {
        Map<String, Value> values = new LinkedHashMap<>();
        for (String one : set) {
            int equals = one.indexOf('=');
            if (equals < 1) {
                throw new CommandFailed("`" + one + "` is not SLOT=VALUE, as in file=/notes/a.md");
            }
            String slot = one.substring(0, equals);
            if (values.put(slot, Value.of(one.substring(equals + 1))) != null) {
                throw new CommandFailed("the slot `" + slot + "` is filled twice");
            }
        }
        return new Value.Fields(values);
    }
}
