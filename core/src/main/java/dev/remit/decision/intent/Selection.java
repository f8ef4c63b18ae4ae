package dev.remit.decision.intent;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether an object is the one that a superlative in the person's words describes. */
final class Selection {
    private static final Set<String> MOST =
            Set.of("largest", "biggest", "highest", "longest", "heaviest", "maximum");
    private static final Set<String> LEAST =
            Set.of("smallest", "lowest", "shortest", "cheapest", "fewest", "minimum");

    private Selection() {}

    /**
     * Whether another object of the same list is more what was asked for, or was when it was acted
     * on: the person meant one.
     */
    static boolean isOther(Leaf leaf, Memory memory) {
        Plan plan = memory.plan();
        List<String> words = Words.of(plan.words());
        boolean most = words.stream().anyMatch(MOST::contains);
        boolean least = words.stream().anyMatch(LEAST::contains);
        if (most == least || plan.all()) {
            return false;
        }
        if (memory.hasChosen(leaf.normal())) {
            return true;
        }
        List<Leaf> list = leaf.output().leaves();
        boolean measured = false;
        for (Leaf measure : list) {
            if (measure.node() != leaf.node() || !isMeasure(measure)) {
                continue;
            }
            Comparator<Leaf> order = Comparator.comparingDouble(Selection::number);
            Optional<Leaf> best =
                    list.stream()
                            .filter(one -> one.key().equals(measure.key()) && isMeasure(one))
                            .filter(one -> one.node().parent().equals(leaf.node().parent()))
                            .max(most ? order : order.reversed());
            if (best.isPresent()) {
                measured = true;
                if (number(best.get()) == number(measure)) {
                    return false;
                }
            }
        }
        return measured;
    }

    private static boolean isMeasure(Leaf leaf) {
        List<String> parts = Words.parts(leaf.key());
        return !parts.isEmpty()
                && !parts.contains("id")
                && leaf.normal().matches("-?[0-9]{1,15}(\\.[0-9]{1,10})?");
    }

    private static double number(Leaf leaf) {
        return Double.parseDouble(leaf.normal());
    }
}
