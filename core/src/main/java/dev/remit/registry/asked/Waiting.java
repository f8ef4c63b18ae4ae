package dev.remit.registry.asked;

import dev.remit.approval.Question;
import dev.remit.call.ArgumentRole;
import dev.remit.call.Arguments;
import dev.remit.call.Value;
import dev.remit.decision.intent.ToolReading;
import dev.remit.ledger.IntentSaid;
import dev.remit.mandate.Sheet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A question with all that a person needs to see before answering it.
 *
 * @param intent what the rules of intent came to; empty if they were not heard
 * @param tool what its tool does, as it is read; empty if the tool is not known any more
 * @param sheet the mandate it was asked under
 * @param agent what the agent is called
 * @param before what the object was like when it was read under this mandate last, if it was
 */
public record Waiting(
        Question question,
        Arguments arguments,
        Optional<IntentSaid> intent,
        Optional<ToolReading> tool,
        Optional<Sheet> sheet,
        String agent,
        Optional<Before> before) {
    /** What is longer, as JSON, cannot be looked through on a page, so nobody says yes there. */
    public static final int LONGEST = 20_000;

    /** The gravest first, and of these the oldest. */
    public static final Comparator<Waiting> GRAVEST =
            Comparator.comparing(Waiting::risk).thenComparing(one -> one.question().since());

    public Risk risk() {
        return Risk.of(tool);
    }

    /** What the rules of intent have against it. */
    public Optional<IntentSaid> doubt() {
        return intent.filter(said -> said.as() != IntentSaid.As.AGREED);
    }

    /** Whether a page can show all that would be sent. */
    public boolean isShown() {
        return arguments.fields().json().length() <= LONGEST;
    }

    /** What it would send, the most consequential first. */
    public List<SentValue> sent() {
        return arguments.fields().values().entrySet().stream()
                .sorted(Comparator.comparing(argument -> role(argument.getKey())))
                .map(this::sent)
                .toList();
    }

    private SentValue sent(Map.Entry<String, Value> argument) {
        String name = argument.getKey();
        List<IntentSaid.Origin> origins =
                intent.map(IntentSaid::origins).orElse(List.of()).stream()
                        .filter(origin -> isOf(origin.argument(), name))
                        .toList();
        return new SentValue(
                name,
                role(name),
                argument.getValue(),
                origins,
                before.flatMap(one -> Optional.ofNullable(one.values().get(name))));
    }

    /** Whether an origin's place, such as {@code to[0].name}, is within this argument. */
    private static boolean isOf(String place, String argument) {
        return place.equals(argument)
                || place.startsWith(argument + "[")
                || place.startsWith(argument + ".");
    }

    private ArgumentRole role(String argument) {
        return tool.map(one -> one.roles().getOrDefault(argument, ArgumentRole.PLAIN))
                .orElse(ArgumentRole.PLAIN);
    }
}
