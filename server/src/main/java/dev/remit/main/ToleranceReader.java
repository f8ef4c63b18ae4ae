package dev.remit.main;

import dev.remit.call.Value;
import dev.remit.conduct.Tolerance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads how much overstepping is borne: {@code overstepping}, rules by name. */
final class ToleranceReader {
    private static final String ABOVE = "/overstepping";
    private static final int MOST = 32;

    private final ConfigReader reader;

    ToleranceReader(ConfigReader reader) {
        this.reader = reader;
    }

    List<Tolerance> tolerances(Value.Fields top) {
        Value.Fields section = reader.fields(top, "", "overstepping");
        List<Tolerance> tolerances = new ArrayList<>();
        for (String name : section.values().keySet()) {
            String path = ABOVE + "/" + name;
            if (!name.matches("[a-z][a-z0-9-]{0,31}") || name.equals(Tolerance.OF_MANDATE)) {
                throw reader.refused(
                        path,
                        "a rule's name is 1 to 32 of a-z, 0-9 and -, beginning with a letter, and"
                                + " not `"
                                + Tolerance.OF_MANDATE
                                + "`");
            }
            tolerances.add(tolerance(name, reader.fields(section, ABOVE, name), path));
        }
        if (tolerances.size() > MOST) {
            throw reader.refused(ABOVE, "at most " + MOST + " rules");
        }
        return tolerances;
    }

    private Tolerance tolerance(String name, Value.Fields rule, String path) {
        reader.only(rule, path, List.of("over", "strikes", "within", "then"));
        return new Tolerance(
                name,
                one(Tolerance.Over.values(), rule, path, "over"),
                strikes(rule, path),
                within(rule, path),
                one(Tolerance.Then.values(), rule, path, "then"));
    }

    private long strikes(Value.Fields rule, String path) {
        String written = needed(rule, path, "strikes");
        if (!written.matches("[1-9][0-9]{0,3}")) {
            throw reader.refused(path + "/strikes", "`strikes` is a number from 1 to 9999");
        }
        return Long.parseLong(written);
    }

    private Optional<Duration> within(Value.Fields rule, String path) {
        return reader.text(rule, path, "within")
                .map(
                        text ->
                                Durations.read(text)
                                        .filter(time -> !time.isZero())
                                        .orElseThrow(
                                                () ->
                                                        reader.refused(
                                                                path + "/within",
                                                                "a time is a number with ms, s, m or"
                                                                        + " h, as in 10m")));
    }

    private <E extends Enum<E>> E one(E[] all, Value.Fields rule, String path, String key) {
        String written = needed(rule, path, key);
        return Arrays.stream(all)
                .filter(one -> word(one).equals(written))
                .findFirst()
                .orElseThrow(
                        () ->
                                reader.refused(
                                        path + "/" + key,
                                        "`"
                                                + key
                                                + "` is one of "
                                                + Arrays.stream(all)
                                                        .map(ToleranceReader::word)
                                                        .collect(Collectors.joining(", "))));
    }

    private String needed(Value.Fields rule, String path, String key) {
        return reader.text(rule, path, key)
                .orElseThrow(() -> reader.refused(path, "`" + key + "` is missing"));
    }

    private static String word(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
