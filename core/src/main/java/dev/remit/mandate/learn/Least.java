package dev.remit.mandate.learn;

import dev.remit.call.Value;
import dev.remit.mandate.Constraint;
import dev.remit.mandate.Glob;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The least that an argument must have been let be: the very values while they are few; of many,
 * the range of the numbers, the folder of the paths, or how all texts begin and end. Long text is
 * taken as it comes, since no two tasks have the same.
 */
final class Least {
    static final int FEW = 5;
    private static final int LONG = 80;
    private static final int TELLING = 4;

    private Least() {}

    /**
     * @param seen its values, at least one
     * @param before what it had to be so far; nothing wider comes out
     */
    static Constraint of(List<Value> seen, Constraint before) {
        Constraint least = of(new LinkedHashSet<>(seen));
        return least.isWithin(before) ? least : before;
    }

    private static Constraint of(Set<Value> seen) {
        if (seen.stream().anyMatch(Least::isProse)) {
            return new Constraint.Any();
        }
        if (seen.size() == 1) {
            return new Constraint.Exact(seen.iterator().next());
        }
        if (seen.size() <= FEW) {
            return new Constraint.OneOf(List.copyOf(seen));
        }
        return range(seen).or(() -> texts(seen)).orElse(new Constraint.Any());
    }

    private static boolean isProse(Value value) {
        return value instanceof Value.Text(String text)
                && (text.length() > LONG || text.indexOf('\n') >= 0);
    }

    private static Optional<Constraint> range(Set<Value> seen) {
        List<BigDecimal> numbers = new ArrayList<>();
        for (Value one : seen) {
            if (!(one instanceof Value.Num(BigDecimal number))) {
                return Optional.empty();
            }
            numbers.add(number);
        }
        numbers.sort(null);
        return Optional.of(
                new Constraint.Range(
                        Optional.of(numbers.getFirst()), Optional.of(numbers.getLast())));
    }

    private static Optional<Constraint> texts(Set<Value> seen) {
        List<String> texts = new ArrayList<>();
        for (Value one : seen) {
            if (!(one instanceof Value.Text(String text))) {
                return Optional.empty();
            }
            texts.add(text);
        }
        String begin = common(texts);
        int slash = begin.lastIndexOf('/');
        if (begin.startsWith("/") && slash > 0) {
            Constraint below = new Constraint.PathBelow(begin.substring(0, slash));
            if (seen.stream().allMatch(below::admits)) {
                return Optional.of(below);
            }
        }
        String end =
                reversed(
                        common(
                                texts.stream()
                                        .map(one -> reversed(one.substring(begin.length())))
                                        .toList()));
        return begin.length() + end.length() >= TELLING
                ? Optional.of(new Constraint.Pattern(new Glob(begin + "*" + end)))
                : Optional.empty();
    }

    /** What all of them begin with. */
    private static String common(List<String> texts) {
        String begin = texts.getFirst();
        for (String one : texts) {
            while (!one.startsWith(begin)) {
                begin = begin.substring(0, begin.length() - 1);
            }
        }
        return begin;
    }

    private static String reversed(String text) {
        return new StringBuilder(text).reverse().toString();
    }
}
