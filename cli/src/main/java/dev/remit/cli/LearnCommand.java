package dev.remit.cli;

import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.main.TemplateFolder;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.MandateText;
import dev.remit.mandate.Permission;
import dev.remit.mandate.Permissions;
import dev.remit.mandate.learn.Proposed;
import dev.remit.mandate.learn.Run;
import dev.remit.mandate.template.Template;
import dev.remit.mandate.template.TemplateText;
import dev.remit.mandate.template.TemplateYaml;
import dev.remit.store.Archive;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code remit mandate learn}: reads the ledger itself, and changes nothing unless it is told. */
@Command(
        name = "learn",
        description = "propose the smallest template that would have allowed what was done")
final class LearnCommand implements Callable<Integer> {
    @ParentCommand private MandateCommands above = new MandateCommands();
    @Mixin private Shown shown = new Shown();

    @Parameters(paramLabel = "MANDATE", arity = "0..*", description = "what was done under these")
    private List<String> mandates = List.of();

    @Option(
            names = "--template",
            paramLabel = "NAME",
            description = "what was done under all mandates from this template")
    private @Nullable String template;

    @Option(
            names = "--accept",
            paramLabel = "NAME",
            description = "keep the proposal as the template of this name, instead of one there is")
    private @Nullable String accept;

    @Override
    public Integer call() {
        if (mandates.isEmpty() == (template == null)) {
            throw new CommandFailed("name mandates, or --template NAME");
        }
        Runs all = Runs.of(Archive.of(above.where().data()));
        List<Run> runs = all.of(which());
        if (runs.isEmpty()) {
            throw new CommandFailed("the ledger has no such mandate");
        }
        Proposed proposed = proposed(runs);
        shown.show(json(proposed, all), out -> tell(out, proposed, all));
        if (accept != null) {
            keep(proposed.template());
        }
        return Exit.DONE;
    }

    private Predicate<Mandate> which() {
        String name = template;
        return name == null
                ? one -> mandates.contains(one.id().text())
                : one -> Runs.isFrom(one, name);
    }

    private Proposed proposed(List<Run> runs) {
        String name = accept != null ? accept : template != null ? template : "learned";
        try {
            return Proposed.of(name, runs);
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(String.valueOf(e.getMessage()));
        }
    }

    private void keep(Template learned) {
        try {
            Path file = TemplateFolder.of(above.where().data()).keep(learned);
            System.out.println("kept as " + file);
        } catch (IOException e) {
            throw new CommandFailed("the template cannot be written: " + e.getMessage());
        }
    }

    private static void tell(PrintStream out, Proposed proposed, Runs all) {
        out.println("# learned from " + proposed.calls() + " calls, all of which it allows");
        if (proposed.approved() > 0) {
            out.println(
                    "# "
                            + proposed.approved()
                            + " more were said yes to one by one; they stay questions");
        }
        for (Proposed.Difference one : proposed.differences()) {
            String had = "# " + one.was().tools().text() + " (" + said(one.was()) + ")";
            if (one.kept().isEmpty()) {
                out.println(Shown.plain(had + ": never used, no longer allowed"));
                continue;
            }
            out.println(Shown.plain(had + " becomes"));
            for (Proposed.Kept kept : one.kept()) {
                out.println(
                        Shown.plain(
                                "#   "
                                        + kept.permission().tools().text()
                                        + " ("
                                        + said(kept.permission())
                                        + "): "
                                        + kept.calls()
                                        + (kept.calls() == 1 ? " call" : " calls")));
            }
            List<String> gone = gone(one, all);
            if (!gone.isEmpty()) {
                out.println(Shown.plain("#   no longer allowed: " + String.join(", ", gone)));
            }
        }
        out.print(TemplateYaml.write(proposed.template()));
    }

    private static String said(Permission permission) {
        return String.join("; ", permission.said());
    }

    /** The tools that were allowed, and no longer are. */
    private static List<String> gone(Proposed.Difference one, Runs all) {
        return all.tools().stream()
                .filter(one.was()::names)
                .filter(
                        tool ->
                                one.kept().stream()
                                        .noneMatch(kept -> kept.permission().names(tool)))
                .map(Tool::toString)
                .toList();
    }

    private static Value.Fields json(Proposed proposed, Runs all) {
        return Value.object()
                .put("calls", proposed.calls())
                .put("approved", proposed.approved())
                .put(
                        "differences",
                        new Value.Items(
                                proposed.differences().stream()
                                        .map(one -> (Value) json(one, all))
                                        .toList()))
                .put("template", TemplateText.write(proposed.template()))
                .build();
    }

    private static Value.Fields json(Proposed.Difference one, Runs all) {
        return Value.object()
                .put("was", MandateText.permissions(new Permissions(List.of(one.was()))))
                .put(
                        "becomes",
                        MandateText.permissions(
                                new Permissions(
                                        one.kept().stream()
                                                .map(Proposed.Kept::permission)
                                                .toList())))
                .put("no_longer", Value.ofTexts(gone(one, all)))
                .build();
    }
}
