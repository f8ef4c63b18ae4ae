package dev.remit.main;

import dev.remit.call.Value;
import dev.remit.identity.KeyUse;
import dev.remit.identity.Secret;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what everything is sealed with, and when the gateway's own keys are old. */
final class KeyReader {
    /** A log's key is what its readers know it by; it is replaced when the operator says so. */
    static final Map<KeyUse, Duration> USUAL =
            Map.of(KeyUse.TOKENS, Duration.ofDays(90), KeyUse.PASSPORTS, Duration.ofDays(365));

    private static final Pattern AGE = Pattern.compile("([1-9][0-9]{0,3})([dhm])");

    private final ConfigReader reader;

    KeyReader(ConfigReader reader) {
        this.reader = reader;
    }

    Optional<Secret> sealingKey(Value.Fields top) {
        Optional<String> written = reader.text(top, "", "sealing_key");
        Optional<String> read =
                written.map(text -> reader.expand(text, "/sealing_key", "sealing_key"));
        if (read.isPresent() && read.equals(written)) {
            throw reader.refused(
                    "/sealing_key", "write ${env:NAME} or ${file:/path}, not the key itself");
        }
        return read.map(Secret::new);
    }

    /** How old the key of a use may grow; a use that is not there keeps its key. */
    Map<KeyUse, Duration> ages(Value.Fields top) {
        Value.Fields keys = reader.fields(top, "", "keys");
        reader.only(keys, "/keys", Arrays.stream(KeyUse.values()).map(KeyUse::text).toList());
        Map<KeyUse, Duration> ages = new EnumMap<>(USUAL);
        for (KeyUse use : KeyUse.values()) {
            Optional<String> written = reader.text(keys, "/keys", use.text());
            if (written.equals(Optional.of("never"))) {
                ages.remove(use);
            } else if (written.isPresent()) {
                ages.put(use, age(written.get(), "/keys/" + use.text()));
            }
        }
        return ages;
    }

    private Duration age(String text, String path) {
        if (!AGE.matcher(text).matches()) {
            throw reader.refused(path, "an age is a number with d, h or m, as in 90d, or `never`");
        }
        long amount = Long.parseLong(text.substring(0, text.length() - 1));
        return switch (text.charAt(text.length() - 1)) {
            case 'd' -> Duration.ofDays(amount);
            case 'h' -> Duration.ofHours(amount);
            default -> Duration.ofMinutes(amount);
        };
    }
}
