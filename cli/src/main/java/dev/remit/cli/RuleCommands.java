package dev.remit.cli;

import dev.remit.call.Value;
import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code remit rules …}. */
@Command(name = "rules", description = "the organisation's rules, as the running gateway has them")
final class RuleCommands {
    @Mixin private Where where = new Where();

    @Command(name = "list", description = "show the rules that are in force")
    int list(@Mixin Shown shown) {
        Value.Fields all = act("rules/list");
        shown.show(all, out -> lines(out, all));
        return all.text("trouble").orElse("").isEmpty() ? Exit.DONE : Exit.FOUND_WRONG;
    }

    private static void lines(PrintStream out, Value.Fields all) {
        all.text("folder")
                .ifPresentOrElse(
                        folder ->
                                out.println(
                                        Shown.plain(folder)
                                                + ", otherwise "
                                                + all.text("otherwise").orElse("")
                                                + ", digest "
                                                + all.text("digest").orElse("")),
                        () -> out.println("the configuration names no rules"));
        for (Value one : all.items("rules")) {
            Value.Fields rule = (Value.Fields) one;
            String ceiling = rule.flag("ceiling") ? ", ceiling" : "";
            out.printf(
                    "%-30s %-7s %-8s %s%s%n",
                    rule.text("id").orElse(""),
                    rule.text("does").orElse(""),
                    rule.text("mode").orElse("") + ceiling,
                    Shown.plain(rule.text("place").orElse("")),
                    rule.text("say")
                            .filter(say -> !say.isEmpty())
                            .map(say -> "  " + Shown.plain(say))
                            .orElse(""));
        }
        all.text("trouble")
                .filter(trouble -> !trouble.isEmpty())
                .ifPresent(
                        trouble -> out.println("NOT TAKEN, these stay: " + Shown.plain(trouble)));
    }

    @Command(
            name = "schema",
            description = "write a Cedar schema of what rules can look at, from the tools seen")
    int schema() {
        System.out.print(act("rules/schema").text("schema").orElse(""));
        return Exit.DONE;
    }

    @Command(
            name = "check",
            description = "hold the folder's rules against the tools and agents there are")
    int check(@Mixin Shown shown) {
        Value.Fields found = act("rules/check");
        List<Value> faults = found.items("faults");
        shown.show(
                found,
                out -> faults.forEach(one -> out.println(Shown.plain(((Value.Text) one).value()))));
        return faults.isEmpty() ? Exit.DONE : Exit.FOUND_WRONG;
    }

    private Value.Fields act(String name) {
        return (Value.Fields) where.operator().act(name, Value.Fields.EMPTY);
    }
}
