package dev.remit.giving;

import dev.remit.assent.TaskForm;
import dev.remit.call.Pin;
import dev.remit.mandate.Constraint;
import dev.remit.mandate.Glob;
import dev.remit.mandate.Limits;
import dev.remit.mandate.Permission;
import dev.remit.mandate.Permissions;
import dev.remit.mandate.Proposal;
import dev.remit.mandate.Task;
import dev.remit.registry.ActRefused;
import dev.remit.web.Form;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What a person filled in. */
final class Chosen {
    private static final String NUMBER = "[1-9][0-9]{0,8}";
    private static final int USUAL_ASKS = 6;

    private Chosen() {}

    /**
     * Reads the form.
     *
     * @throws ActRefused with what is missing
     */
    static Proposal read(Form form, List<Pin> pins) {
        String words = TaskForm.words(form);
        if (words.isEmpty()) {
            throw new ActRefused("say the task in your words");
        }
        Duration lives = TaskForm.lives(form).orElseThrow(() -> new ActRefused("say until when"));
        return Proposal.of(
                new Task(words), permissions(form, pins), limits(form), lives, Optional.empty());
    }

    /** Only tools that are there and were accepted can be chosen; any arguments will do. */
    private static Permissions permissions(Form form, List<Pin> pins) {
        List<Permission> chosen = new ArrayList<>();
        for (Pin pin : pins) {
            if (form.get(TaskForm.TOOL + pin.tool()).isPresent()) {
                chosen.add(
                        new Permission(
                                "p" + (chosen.size() + 1),
                                new Glob(pin.tool().toString()),
                                Map.of(Permission.REST, new Constraint.Any()),
                                number(form, GivePage.USES + pin.tool())));
            }
        }
        if (chosen.isEmpty()) {
            throw new ActRefused("choose at least one tool");
        }
        return new Permissions(chosen);
    }

    /** All but the end, which is told by how long it lives. */
    private static Limits limits(Form form) {
        Limits limits =
                new Limits(
                        Instant.EPOCH,
                        Optional.empty(),
                        number(form, GivePage.ALL_USES),
                        Limits.USUAL_STRIKES);
        return form.get(GivePage.ASKS).isPresent() ? limits.asking(USUAL_ASKS) : limits;
    }

    private static OptionalLong number(Form form, String name) {
        String text = form.get(name).orElse("").strip();
        if (!text.isEmpty() && !text.matches(NUMBER)) {
            throw new ActRefused("a number of calls is a whole number from 1 on");
        }
        return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
    }
}
