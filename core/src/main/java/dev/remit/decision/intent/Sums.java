package dev.remit.decision.intent;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Whether a number is reckoned simply from a field's and one that the person said. */
final class Sums {
    private static final int MOST = 2_000; // fields
    private static final int LONGEST = 15; // characters
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final Map<String, BigDecimal> SHARES =
            Map.of(
                    "half",
                    new BigDecimal("0.5"),
                    "quarter",
                    new BigDecimal("0.25"),
                    "double",
                    BigDecimal.TWO,
                    "twice",
                    BigDecimal.TWO);

    private Sums() {}

    /** Whether it is the sum, the difference, the product, the share or a percentage of such. */
    static boolean isReckoned(String value, Memory memory) {
        if (!isNumber(value)) {
            return false;
        }
        BigDecimal sought = new BigDecimal(value);
        Set<BigDecimal> said = memory.plan().numbers();
        return memory.numbers(MOST)
                .map(Leaf::normal)
                .filter(Sums::isNumber)
                .map(BigDecimal::new)
                .anyMatch(
                        field ->
                                said.stream().anyMatch(one -> isOf(sought, field, one))
                                        || shares(memory.plan())
                                                .anyMatch(
                                                        one ->
                                                                field.multiply(one)
                                                                                .compareTo(sought)
                                                                        == 0));
    }

    private static Stream<BigDecimal> shares(Plan plan) {
        return Words.of(plan.words()).stream().filter(SHARES::containsKey).map(SHARES::get);
    }

    private static boolean isOf(BigDecimal sought, BigDecimal field, BigDecimal said) {
        return Stream.of(
                        field.add(said),
                        field.subtract(said).abs(),
                        field.multiply(said),
                        field.multiply(said).divide(HUNDRED, MathContext.DECIMAL64),
                        said.signum() == 0 ? field : field.divide(said, MathContext.DECIMAL64))
                .anyMatch(one -> one.compareTo(sought) == 0);
    }

    private static boolean isNumber(String text) {
        return text.length() <= LONGEST && text.matches("-?[0-9]{1,12}(\\.[0-9]{1,6})?");
    }
}
