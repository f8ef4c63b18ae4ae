package dev.remit.decision.intent;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Whether an object is the one that a superlative in the person's words describes. */
final class Selection {
    private static final Set<String> MOST =
            Set.of("largest", "biggest", "highest", "longest", "heaviest", "maximum");
    private static final Set<String> LEAST =
            Set.of("smallest", "lowest", "shortest", "cheapest", "fewest", "minimum");

    private static final int NEAR = 4; // words
    private static final Set<String> BEST = Set.of("best", "top");
    private static final Set<String> RATINGS = Set.of("rating", "score", "stars");
    private static final Set<String> PRICES =
            Set.of(
                    "price", "cost", "fare", "fee", "rate", "amount", "total", "rent", "charge",
                    "value");
    private static final Set<String> LAST = Set.of("latest", "newest");
    private static final Set<String> FIRST = Set.of("earliest", "oldest", "soonest");
    private static final Pattern TIME =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}([ t].{0,30})?|[0-9]{2}:[0-9]{2}");
    private static final Pattern MEASURE = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,10})?");
    private static final Comparator<Leaf> NUMBERS = Comparator.comparingDouble(Selection::number);

    private Selection() {}

    /**
     * Whether another object of the same list is more what was asked for, or was when it was acted
     * on: the person meant one.
     */
    static boolean isOther(Leaf leaf, String argument, Memory memory) {
        Plan plan = memory.plan();
        List<String> words = Words.of(plan.words());
        if (plan.all() || isOfSomethingElse(leaf, argument, words)) {
            return false;
        }
        boolean best = words.stream().anyMatch(BEST::contains);
        boolean last = words.stream().anyMatch(LAST::contains);
        boolean first = words.stream().anyMatch(FIRST::contains);
        if (last != first && isBeaten(leaf, Selection::isTime, timeOrder(last))) {
            return true;
        }
        if (best && isBeaten(leaf, Selection::isRating, NUMBERS)) {
            return true;
        }
        if (words.contains("cheapest")
                && leaf.output().leaves().stream()
                        .filter(one -> one.node() == leaf.node())
                        .noneMatch(Selection::isPrice)) {
            return false;
        }
        boolean most = words.stream().anyMatch(MOST::contains);
        boolean least = words.stream().anyMatch(LEAST::contains);
        if (most == least) {
            return false;
        }
        if (memory.hasChosen(leaf.normal())) {
            return true;
        }
        return isBeaten(leaf, Selection::isMeasure, most ? NUMBERS : NUMBERS.reversed());
    }

    /**
     * Whether what is described is called otherwise than this argument, and than what its value was
     * found among: the cheapest flight is no card.
     */
    private static boolean isOfSomethingElse(Leaf leaf, String argument, List<String> words) {
        Set<String> mine = new HashSet<>(leaf.output().reading().nouns());
        Words.parts(argument).forEach(part -> mine.add(Words.stem(part)));
        Words.parts(leaf.key()).forEach(part -> mine.add(Words.stem(part)));
        Set<String> described = new HashSet<>();
        for (int i = 0; i < words.size(); i++) {
            if (TaskReader.SELECTORS.contains(words.get(i))) {
                words.subList(i + 1, Math.min(words.size(), i + 1 + NEAR)).stream()
                        .map(Words::stem)
                        .forEach(described::add);
            }
        }
        Set<String> kinds = Lexicon.english().kinds(described);
        Set<String> theirs = Lexicon.english().kinds(mine);
        return described.stream().noneMatch(mine::contains)
                && !kinds.isEmpty()
                && !theirs.isEmpty()
                && theirs.stream().noneMatch(kinds::contains);
    }

    /** Whether the words point at other objects of the list, and not at this one's. */
    static boolean isBesidePointed(Optional<Leaf> found, Plan plan) {
        return found.filter(
                        leaf ->
                                leaf.output().leaves().stream()
                                        .filter(other -> other.key().equals(leaf.key()))
                                        .filter(other -> other.node() != leaf.node())
                                        .anyMatch(other -> Ground.pointers(other, plan) > 0))
                .isPresent();
    }

    /**
     * Whether the words say which field of an answer is meant, and this address stands in another:
     * mail to the participants of an event does not go to who wrote down that they saw it.
     */
    static boolean isBesideNamedField(Leaf leaf, Plan plan) {
        return leaf.normal().indexOf('@') > 0
                && !isSpokenOf(leaf.key(), plan)
                && leaf.output().leaves().stream()
                        .filter(other -> other.normal().indexOf('@') > 0 && !other.prose())
                        .filter(other -> !other.normal().equals(leaf.normal()))
                        .anyMatch(other -> isSpokenOf(other.key(), plan));
    }

    private static boolean isSpokenOf(String key, Plan plan) {
        return !plan.terms(String.join(" ", Words.parts(key))).isEmpty();
    }

    /** Whether the person named one of the same list whose name is the start of this one's. */
    static boolean isNamed(Leaf leaf, Plan plan) {
        return leaf.output().leaves().stream()
                .filter(other -> other.key().equals(leaf.key()))
                .anyMatch(
                        other ->
                                other.normal().length() > 2
                                        && leaf.normal().length() > other.normal().length()
                                        && leaf.normal().startsWith(other.normal())
                                        && plan.says(other.normal()));
    }

    /** Whether the person named another of the same list by this very field, and means one. */
    static boolean isBesideSaid(Leaf leaf, Plan plan) {
        return !plan.all()
                && !plan.selects()
                && leaf.output().leaves().stream()
                        .filter(other -> other.key().equals(leaf.key()) && !other.prose())
                        .filter(other -> other.node() != leaf.node())
                        .anyMatch(
                                other -> other.normal().length() > 2 && plan.says(other.normal()));
    }

    /** Whether each measure of its object is less than that of another object beside it. */
    private static boolean isBeaten(Leaf leaf, Predicate<Leaf> isMeasure, Comparator<Leaf> order) {
        List<Leaf> list = leaf.output().leaves();
        boolean measured = false;
        for (Leaf measure : list) {
            if (measure.node() != leaf.node() || !isMeasure.test(measure)) {
                continue;
            }
            Optional<Leaf> most =
                    list.stream()
                            .filter(one -> one.key().equals(measure.key()) && isMeasure.test(one))
                            .filter(one -> one.node().parent().equals(leaf.node().parent()))
                            .max(order);
            if (most.isPresent()) {
                measured = true;
                if (order.compare(most.get(), measure) == 0) {
                    return false;
                }
            }
        }
        return measured;
    }

    private static Comparator<Leaf> timeOrder(boolean last) {
        Comparator<Leaf> order = Comparator.comparing(Leaf::normal);
        return last ? order : order.reversed();
    }

    private static boolean isTime(Leaf leaf) {
        return TIME.matcher(leaf.normal()).matches();
    }

    private static boolean isPrice(Leaf leaf) {
        return isMeasure(leaf) && Words.parts(leaf.key()).stream().anyMatch(PRICES::contains);
    }

    private static boolean isRating(Leaf leaf) {
        return isMeasure(leaf) && Words.parts(leaf.key()).stream().anyMatch(RATINGS::contains);
    }

    private static boolean isMeasure(Leaf leaf) {
        List<String> parts = Words.parts(leaf.key());
        return !parts.isEmpty()
                && !parts.contains("id")
                && MEASURE.matcher(leaf.normal()).matches();
    }

    private static double number(Leaf leaf) {
        return Double.parseDouble(leaf.normal());
    }
}
