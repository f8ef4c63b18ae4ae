package dev.remit.cli;

import dev.remit.call.Value;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which agents a command is about, if not one by its name. */
final class Which {
    @Option(names = "--name", paramLabel = "PREFIX", description = "whose name begins so")
    private @Nullable String prefix;

    @Option(names = "--search", paramLabel = "TEXT", description = "whose name contains this")
    private @Nullable String text;

    @Option(names = "--tag", paramLabel = "TAG=VALUE", description = "that have this tag")
    private @Nullable Map<String, String> tags;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "that are good, suspended or revoked")
    private @Nullable String state;

    @Option(
            names = "--giver",
            paramLabel = "PERSON",
            description = "that have a mandate from this person")
    private @Nullable String giver;

    @Option(
            names = "--brought-by",
            paramLabel = "ISSUER",
            description = "that came with a passport or statement of this issuer")
    private @Nullable String issuer;

    @Option(names = "--all", description = "all of them")
    private boolean all;

    /** Whether anything at all was said. */
    boolean isSaid() {
        return all || !meant().values().isEmpty();
    }

    /** What a gateway is asked. */
    Value.Building asked() {
        return Value.object().put("meant", meant()).put("all", all);
    }

    private Value.Fields meant() {
        Value.Building meant =
                Value.object()
                        .putIf("prefix", said(prefix))
                        .putIf("text", said(text))
                        .putIf("standing", said(state))
                        .putIf("giver", said(giver))
                        .putIf("issuer", said(issuer));
        if (tags != null && !tags.isEmpty()) {
            meant.put("tags", tags(tags));
        }
        return meant.build();
    }

    static Value.Fields tags(Map<String, String> tags) {
        Value.Building written = Value.object();
        new TreeMap<>(tags).forEach(written::put);
        return written.build();
    }

    private static Optional<Value> said(@Nullable String word) {
        return Optional.ofNullable(word).map(Value::of);
    }
}
