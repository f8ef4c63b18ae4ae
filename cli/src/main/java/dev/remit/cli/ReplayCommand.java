package dev.remit.cli;

import dev.remit.call.Value;
import dev.remit.gate.replay.Replay;
import dev.remit.rules.RuleFolder;
import dev.remit.rules.RulesUnreadable;
import dev.remit.store.Archive;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code remit replay}: reads the ledger itself, so it works with and without a gateway. */
@Command(name = "replay", description = "what other rules would have made of the calls on record")
final class ReplayCommand implements Callable<Integer> {
    @Mixin private Where where = new Where();
    @Mixin private Shown shown = new Shown();

    @Option(
            names = "--policy",
            required = true,
            paramLabel = "DIR",
            description = "the folder of rules to try")
    private Path policy = Path.of("rules");

    @Option(
            names = "--default",
            paramLabel = "permit|forbid",
            description = "what becomes of a call that no rule speaks of (permit)")
    private String fallback = "permit";

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "only calls from then on, as in 2026-11-23T00:00:00Z")
    private String since = Instant.EPOCH.toString();

    @Override
    public Integer call() {
        Replay.Difference difference = Replay.of(Archive.of(where.data()), rules(), from());
        shown.show(
                json(difference),
                out -> {
                    for (Replay.Changed one : difference.changed()) {
                        out.println(
                                Shown.plain(
                                        one.call().call()
                                                + "  "
                                                + word(one.was())
                                                + " -> "
                                                + word(one.now())
                                                + "  "
                                                + one.call().tool()
                                                + "  "
                                                + String.join(" ", one.rules())));
                    }
                    out.println(
                            difference.judged()
                                    + " calls, of which "
                                    + difference.changed().size()
                                    + " would come to something else");
                });
        return Exit.DONE;
    }

    private dev.remit.decision.Rules rules() {
        RuleFolder.Fallback what =
                switch (fallback) {
                    case "permit" -> RuleFolder.Fallback.PERMIT;
                    case "forbid" -> RuleFolder.Fallback.FORBID;
                    default -> throw new CommandFailed("--default is permit or forbid");
                };
        try {
            return new RuleFolder(policy, what).read();
        } catch (RulesUnreadable e) {
            throw new CommandFailed(String.valueOf(e.getMessage()));
        }
    }

    private Instant from() {
        try {
            return Instant.parse(since);
        } catch (DateTimeException e) {
            throw new CommandFailed("--since is a time, as in 2026-11-23T00:00:00Z");
        }
    }

    private static String word(Replay.Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    private static Value.Fields json(Replay.Difference difference) {
        List<Value> changed = new ArrayList<>();
        for (Replay.Changed one : difference.changed()) {
            changed.add(
                    Value.object()
                            .put("call", one.call().call().text())
                            .put("at", one.at().toString())
                            .put("agent", one.call().agent().text())
                            .put("tool", one.call().tool().toString())
                            .put("was", word(one.was()))
                            .put("now", word(one.now()))
                            .put("rules", Value.ofTexts(one.rules()))
                            .build());
        }
        return Value.object()
                .put("calls", difference.judged())
                .put("changed", new Value.Items(changed))
                .build();
    }
}
