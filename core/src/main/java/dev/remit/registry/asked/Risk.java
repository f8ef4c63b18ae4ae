package dev.remit.registry.asked;

import dev.remit.call.Effect;
import dev.remit.decision.intent.ToolReading;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a call would do to the world, in a person's words; declared from the gravest to the least.
 */
public enum Risk {
    PAYS("It pays", "it moves money, or promises it; what is paid does not come back by itself"),
    REMOVES("It removes", "what it takes away may be gone for good"),
    SHARES("It shares", "others may see or do more than before"),
    SENDS("It sends", "others get it, and it cannot be taken back"),
    CHANGES("It changes", "what is there now is written over"),
    CREATES("It makes something new", "nothing that is there is changed"),
    FETCHES("It asks an address", "whoever serves that address sees the question"),
    READS("It only reads", "everything stays as it is"),
    UNKNOWN("Nobody knows what it does", "its tool is not known here any more");

    private static final Map<Effect, Risk> OF =
            Map.of(
                    Effect.PAY, PAYS,
                    Effect.REMOVE, REMOVES,
                    Effect.SHARE, SHARES,
                    Effect.SEND, SENDS,
                    Effect.CHANGE, CHANGES,
                    Effect.CREATE, CREATES,
                    Effect.FETCH, FETCHES,
                    Effect.READ, READS);
    private static final Set<Risk> FINAL = Set.of(PAYS, REMOVES, SHARES, SENDS, UNKNOWN);

    private final String title;
    private final String words;

    Risk(String title, String words) {
        this.title = title;
        this.words = words;
    }

    /** The gravest of what a tool does; empty if its definition is not known any more. */
    public static Risk of(Optional<ToolReading> tool) {
        return tool.stream()
                .flatMap(one -> one.effects().stream())
                .map(OF::get)
                .min(Comparator.naturalOrder())
                .orElse(UNKNOWN);
    }

    /** Whether a yes cannot be undone, so that whoever says it shows who they are first. */
    public boolean isFinal() {
        return FINAL.contains(this);
    }

    public String title() {
        return title;
    }

    public String words() {
        return words;
    }
}
