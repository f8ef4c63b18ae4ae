package dev.remit.giving;

import dev.remit.assent.TaskForm;
import dev.remit.call.Pin;
import dev.remit.mandate.Budget;
import dev.remit.mandate.Glob;
import dev.remit.mandate.Permission;
import dev.remit.mandate.Permissions;
import dev.remit.mandate.Proposal;
import dev.remit.mandate.Task;
import dev.remit.registry.ActRefused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a person filled in. */
final class Chosen {
    private Chosen() {}

    /**
     * Reads the form.
     *
     * @throws ActRefused with what is missing or cannot be understood
     */
    static Proposal read(Typed typed, List<Pin> pins) {
        Task task = new Task(Drafts.words(typed), AmendmentFields.read(typed));
        Duration lives = Drafts.lives(typed);
        List<Pin> chosen = pins.stream().filter(pin -> isChosen(typed, pin)).toList();
        if (chosen.isEmpty()) {
            throw new ActRefused("choose at least one tool");
        }
        Restriction.none(typed, chosen);
        Set<String> names =
                chosen.stream().map(pin -> pin.tool().toString()).collect(Collectors.toSet());
        List<Permission> permissions = new ArrayList<>();
        List<Budget> sums = new ArrayList<>();
        List<Glob> endsWhen = new ArrayList<>();
        for (Pin pin : chosen) {
            Restriction said = Restriction.read(typed, pin, names);
            Glob tool = new Glob(pin.tool().toString());
            permissions.add(
                    new Permission(
                            "p" + (permissions.size() + 1),
                            tool,
                            said.arguments(),
                            typed.whole(GivePage.USES + pin.tool(), "a number of calls"),
                            said.when()));
            sums.addAll(said.sums());
            if (said.ends()) {
                endsWhen.add(tool);
            }
        }
        return Proposal.of(
                task,
                new Permissions(permissions),
                LimitFields.read(typed, sums, endsWhen),
                lives,
                Optional.empty());
    }

    /** Only tools that are there and were accepted can be chosen. */
    static boolean isChosen(Typed typed, Pin pin) {
        return typed.has(TaskForm.TOOL + pin.tool());
    }
}
