package dev.remit.mandate.learn;

import dev.remit.call.Value;
import dev.remit.mandate.Limits;
import dev.remit.mandate.LimitsText;
import dev.remit.mandate.MandateText;
import dev.remit.mandate.Permission;
import dev.remit.mandate.Permissions;
import dev.remit.mandate.template.Template;
import dev.remit.mandate.template.TemplateText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The smallest template that would have allowed what was done in some runs, and how it differs from
 * what they had. It was tried on each of their calls before it was proposed.
 *
 * @param differences one for each permission that the newest run had, in their order
 * @param calls that it was learned from
 * @param approved calls that a person said yes to one by one; they stay questions
 */
public record Proposed(Template template, List<Difference> differences, long calls, long approved) {
    private static final List<Duration> LIVES =
            List.of(
                    Duration.ofMinutes(15),
                    Duration.ofHours(1),
                    Duration.ofHours(4),
                    Duration.ofHours(12),
                    Duration.ofDays(1),
                    Duration.ofDays(7));

    public Proposed {
        differences = List.copyOf(differences);
    }

    /**
     * What becomes of a permission.
     *
     * @param kept what of it was used; empty if nothing was
     */
    public record Difference(Permission was, List<Kept> kept) {
        public Difference {
            kept = List.copyOf(kept);
        }
    }

    /**
     * @param calls how many it was learned from
     */
    public record Kept(Permission permission, long calls) {}

    /**
     * @param name of the template
     * @param runs at least one, the newest last; with at least one call
     * @throws IllegalArgumentException if there is nothing to learn from
     */
    public static Proposed of(String name, List<Run> runs) {
        if (runs.stream().allMatch(one -> one.done().isEmpty())) {
            throw new IllegalArgumentException(
                    "nothing was allowed and answered under these mandates, so there is nothing to"
                            + " learn from");
        }
        return tried(name, runs, Slots.of(runs))
                .or(() -> tried(name, runs, Slots.none())) // values that no slot takes
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "what was done fits no template of at most "
                                                + Permissions.MOST
                                                + " permissions; name fewer mandates"));
    }

    private static Template template(String name, List<Run> runs, Slots slots, Lesson lesson) {
        Run newest = runs.getLast();
        Value.Building written =
                Value.object()
                        .put(
                                "about",
                                "Learned from "
                                        + lesson.calls()
                                        + " calls of "
                                        + runs.size()
                                        + " tasks.")
                        .put(
                                "task",
                                slots.sentence()
                                        .orElseGet(
                                                () ->
                                                        Slots.braced(
                                                                newest.mandate().task().words())));
        if (!slots.names().isEmpty()) {
            Value.Building kinds = Value.object();
            Value text = Value.object().put("is", "text").build();
            slots.names().forEach(one -> kinds.put(one, text));
            written.put("slots", kinds.build());
        }
        List<Permission> permissions =
                lesson.learned().stream().map(Lesson.Learned::permission).toList();
        return TemplateText.read(
                name,
                written.put("permissions", MandateText.permissions(new Permissions(permissions)))
                        .put("limits", limits(runs))
                        .put("lives", lives(runs).toString())
                        .build());
    }

    /** As the newest run had them, with as many calls as the longest run made. */
    private static Value limits(List<Run> runs) {
        Limits limits = runs.getLast().mandate().limits();
        long calls = runs.stream().mapToLong(one -> one.done().size()).max().orElse(1);
        Value.Building written = Value.object();
        ((Value.Fields) LimitsText.write(limits))
                .values()
                .forEach(
                        (key, value) -> {
                            if (!key.equals("expires")) {
                                written.put(key, value);
                            }
                        });
        return written.put("uses", Math.max(1, calls)).build();
    }

    /** As long as the longest run took, rounded up, and no longer than any was given for. */
    private static Duration lives(List<Run> runs) {
        Duration longest = Duration.ZERO;
        Duration given = Duration.ZERO;
        for (Run run : runs) {
            for (Run.Done one : run.done()) {
                Duration after = Duration.between(run.mandate().givenAt(), one.at());
                longest = after.compareTo(longest) > 0 ? after : longest;
            }
            Duration lived =
                    Duration.between(run.mandate().givenAt(), run.mandate().limits().expiresAt());
            given = lived.compareTo(given) > 0 ? lived : given;
        }
        Duration took = longest;
        Duration most = given;
        return LIVES.stream()
                .filter(one -> one.compareTo(took) > 0 && one.compareTo(most) < 0)
                .findFirst()
                .orElse(most);
    }

    /** What is learned with these slots, if it allows all that was done in each run. */
    private static Optional<Proposed> tried(String name, List<Run> runs, Slots slots) {
        try {
            Lesson lesson = Lesson.of(runs, slots);
            Template template = template(name, runs, slots, lesson);
            for (int i = 0; i < runs.size(); i++) {
                Permissions filled = template.fill(slots.values(i)).permissions();
                if (!runs.get(i).done().stream().allMatch(one -> one.fits(filled))) {
                    return Optional.empty();
                }
            }
            return Optional.of(
                    new Proposed(
                            template,
                            differences(runs.getLast(), lesson),
                            lesson.calls(),
                            lesson.approved()));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static List<Difference> differences(Run newest, Lesson lesson) {
        List<Difference> all = new ArrayList<>();
        for (Permission was : newest.mandate().permissions().all()) {
            all.add(
                    new Difference(
                            was,
                            lesson.learned().stream()
                                    .filter(one -> one.from().contains(was.name()))
                                    .map(one -> new Kept(one.permission(), one.calls()))
                                    .sorted(Comparator.comparing(one -> one.permission().name()))
                                    .toList()));
        }
        return all;
    }
}
