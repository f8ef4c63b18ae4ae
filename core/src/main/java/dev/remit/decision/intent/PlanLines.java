package dev.remit.decision.intent;

import dev.remit.call.Quotation;
import dev.remit.mandate.Task;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A task's plan line by line, each with the words that led to it. */
final class PlanLines {
    private static final int MOST_NAMED = 12;
    private static final int MOST_CONDITIONS = 5;
    private static final Pattern CONDITION =
            Pattern.compile("\\b(?:if|unless|only when|as long as|provided)\\b[^.!?;,]{1,60}");

    private final Plan plan;
    private final Set<String> lines = new LinkedHashSet<>();

    private PlanLines(Plan plan) {
        this.plan = plan;
    }

    static List<String> of(Task task) {
        PlanLines of = new PlanLines(Plan.of(task));
        of.wants();
        of.named();
        of.selected();
        of.conditions();
        of.lines.addAll(task.amended().said());
        return List.copyOf(of.lines);
    }

    private void wants() {
        for (Plan.Want want : plan.effective()) {
            if (!want.word().equals(Plan.Want.BESIDE)) { // that is said at the end
                String kinds = String.join(" or ", new TreeSet<>(want.kinds()));
                lines.add(want.said() + (kinds.isEmpty() ? "" : ", of " + kinds));
            }
        }
    }

    private void named() {
        List<String> named = Addresses.in(plan.words()).stream().distinct().toList();
        if (!named.isEmpty()) {
            lines.add("names " + some(named));
        }
        if (!plan.numbers().isEmpty()) {
            List<String> numbers =
                    plan.numbers().stream().sorted().map(BigDecimal::toPlainString).toList();
            lines.add("says the numbers " + some(numbers));
        }
    }

    private void selected() {
        quoting("one of several, described (", TaskReader.SELECTORS);
        quoting("all of a kind (", TaskReader.ALL);
        Matcher leaves = TaskReader.LEAVES.matcher(plan.words());
        if (leaves.find()) {
            lines.add("what a text says, where it is mild (" + quoted(leaves.group()) + ")");
        }
    }

    private void quoting(String what, Set<String> of) {
        String words =
                Words.of(plan.words()).stream()
                        .filter(of::contains)
                        .distinct()
                        .map(word -> "“" + word + "”")
                        .collect(Collectors.joining(", "));
        if (!words.isEmpty()) {
            lines.add(what + words + ")");
        }
    }

    /** What the rules do not weigh, so that nobody counts on it. */
    private void conditions() {
        List<String> found = new ArrayList<>();
        Matcher condition = CONDITION.matcher(plan.words());
        while (condition.find() && found.size() < MOST_CONDITIONS) {
            found.add(quoted(condition.group().strip()));
        }
        if (!found.isEmpty()) {
            lines.add("on a condition, which is not checked (" + String.join(", ", found) + ")");
        }
    }

    /** Words of the task that nobody takes for ours. */
    private static String quoted(String words) {
        return "“" + Quotation.of(words.replace('”', '"')) + "”";
    }

    private static String some(List<String> all) {
        String named = String.join(", ", all.subList(0, Math.min(MOST_NAMED, all.size())));
        return all.size() > MOST_NAMED
                ? named + " and " + (all.size() - MOST_NAMED) + " more"
                : named;
    }
}
