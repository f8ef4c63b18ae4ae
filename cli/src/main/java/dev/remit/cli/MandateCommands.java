package dev.remit.cli;

import dev.remit.call.Value;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code remit mandate …}. */
@Command(
        name = "mandate",
        description = "what a person lets an agent do for one task",
        subcommands = {
            GiveCommand.class,
            DelegateCommand.class,
            LearnCommand.class,
            MandateVerifyCommand.class
        })
final class MandateCommands {
    private static final Pattern TIME = Pattern.compile("(\\d{1,6})(s|m|h|d)");

    @Mixin private Where where = new Where();

    Where where() {
        return where;
    }

    Operator operator() {
        return where.operator();
    }

    @Command(name = "list", description = "show all mandates, newest first")
    int list(@Mixin Shown shown) {
        Value mandates = where.operator().act("mandates/list", Value.Fields.EMPTY);
        shown.show(mandates, out -> lines(out, mandates));
        return Exit.DONE;
    }

    private static void lines(PrintStream out, Value mandates) {
        if (mandates instanceof Value.Items(var all)) {
            for (Value one : all) {
                Value.Fields mandate = (Value.Fields) one;
                out.printf(
                        "%s  %-9s  %s%n",
                        mandate.text("id").orElse(""),
                        mandate.text("state").orElse(""),
                        Shown.plain(mandate.text("task").orElse("")));
            }
        }
    }

    @Command(name = "show", description = "show one mandate")
    int show(@Parameters(paramLabel = "MANDATE") String mandate, @Mixin Shown shown) {
        return card("mandates/show", named(mandate).build(), shown);
    }

    @Command(
            name = "widen",
            description = "let a mandate reach further; felt by the next call, with no new login")
    int widen(
            @Parameters(paramLabel = "MANDATE") String mandate,
            @Option(names = "--allow", required = true, paramLabel = "PERMISSION")
                    List<String> allow,
            @Mixin Shown shown) {
        Value.Building asked = named(mandate).put("permissions", Shorthand.permissions(allow));
        return card("mandates/widen", asked.build(), shown);
    }

    @Command(name = "revoke", description = "end a mandate; nothing more is allowed under it")
    int revoke(
            @Parameters(paramLabel = "MANDATE") String mandate,
            @Option(names = "--why", defaultValue = "revoked by the operator") String why,
            @Mixin Shown shown) {
        return card("mandates/revoke", named(mandate).put("why", why).build(), shown);
    }

    @Command(name = "complete", description = "end a mandate because its task is done")
    int complete(@Parameters(paramLabel = "MANDATE") String mandate, @Mixin Shown shown) {
        return card("mandates/complete", named(mandate).build(), shown);
    }

    private int card(String act, Value.Fields asked, Shown shown) {
        Value.Fields mandate = (Value.Fields) where.operator().act(act, asked);
        shown.show(mandate, out -> CardLines.print(out, mandate));
        return Exit.DONE;
    }

    private static Value.Building named(String mandate) {
        return Value.object().put("mandate", mandate);
    }

    static Duration time(String text) {
        Matcher matcher = TIME.matcher(text);
        if (!matcher.matches()) {
            throw new CommandFailed("`" + text + "` is not a time; write 30s, 15m, 2h or 1d");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }
}
