package dev.remit.ledger;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a call spends of each budget, as {@code name=amount}, by name, with spaces between. */
final class SpentText {
    private SpentText() {}

    static Optional<String> write(Map<String, BigDecimal> spent) {
        return spent.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new TreeMap<>(spent)
                                .entrySet().stream()
                                        .map(
                                                one ->
                                                        one.getKey()
                                                                + "="
                                                                + one.getValue().toPlainString())
                                        .collect(Collectors.joining(" ")));
    }

    static Map<String, BigDecimal> read(Optional<String> written) {
        Map<String, BigDecimal> spent = new HashMap<>();
        for (String one : written.map(text -> text.split(" ")).orElse(new String[0])) {
            int equals = one.indexOf('=');
            spent.put(one.substring(0, equals), new BigDecimal(one.substring(equals + 1)));
        }
        return spent;
    }
}
