package dev.remit.registry.asked;

import dev.remit.call.ArgumentRole;
import dev.remit.call.Value;
import dev.remit.ledger.IntentSaid;
import java.util.List;
import java.util.Optional;

/**
 * One argument of a call that waits. All of it may be a stranger's words; whoever shows it makes it
 * harmless first ({@link dev.remit.call.Quotation}).
 *
 * @param origins where its values came from, as far as they were traced
 * @param before what stood in its place when that was read last; empty if nobody knows
 */
public record SentValue(
        String argument,
        ArgumentRole role,
        Value value,
        List<IntentSaid.Origin> origins,
        Optional<Value> before) {
    public SentValue {
        origins = List.copyOf(origins);
    }

    /** What the agent wrote itself. */
    public boolean isAgents() {
        return role == ArgumentRole.CONTENT && origins.isEmpty();
    }

    /** What it is for, in words; empty if that is nothing in particular. */
    public String purpose() {
        return switch (role) {
            case DESTINATION -> "who receives";
            case AMOUNT -> "how much";
            case TARGET -> "which object";
            case SECRET -> "a secret";
            case CONTENT -> "what is said";
            case PLAIN -> "";
        };
    }

    /** The value as it would be sent: a text as it is, anything else as JSON. */
    public String said() {
        return said(value);
    }

    public static String said(Value value) {
        return switch (value) {
            case Value.Text(String text) -> text;
            case Value.Num _, Value.Flag _, Value.Nothing _, Value.Items _, Value.Fields _ ->
                    value.json();
        };
    }

    /** Where it came from, a line for each of its values; never empty. */
    public List<String> standings() {
        if (origins.isEmpty()) {
            return List.of(isAgents() ? "the agent wrote it" : "not traced");
        }
        return origins.stream().map(this::standing).toList();
    }

    private String standing(IntentSaid.Origin origin) {
        boolean whole = origin.value().equals(said()) || origin.value().isEmpty();
        return (whole ? "" : "“" + origin.value() + "”: ") + origin.standing();
    }

    /** What would change, line by line; empty if nobody knows what it was. */
    public List<Difference.Line> difference() {
        return before.map(one -> Difference.of(said(one), said())).orElse(List.of());
    }
}
