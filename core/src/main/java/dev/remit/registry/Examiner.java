package dev.remit.registry;

import dev.remit.call.Correction;
import dev.remit.call.Digest;
import dev.remit.call.Pin;
import dev.remit.call.Quotation;
import dev.remit.call.Tool;
import dev.remit.call.ToolBook;
import dev.remit.call.Value;
import dev.remit.ledger.Event;
import dev.remit.ledger.Ledger;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Says of tools what the operator finds: that a changed definition is accepted, that one was read
 * wrongly.
 */
public final class Examiner {
    private final ToolBook tools;
    private final Ledger ledger;
    private final InstantSource clock;

    public Examiner(ToolBook tools, Ledger ledger, InstantSource clock) {
        this.tools = tools;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * Accepts what the tool's upstream offers now.
     *
     * @param seen the digest of the definition that was looked at; it is refused if there is
     *     another
     * @param by who accepts it
     */
    public Pin accept(Tool tool, Optional<Digest> seen, String by) {
        Pin pin = pin(tool);
        if (pin.held().isEmpty()) {
            throw new ActRefused("`" + tool + "` has not changed since it was accepted");
        }
        if (seen.isPresent() && !seen.equals(pin.held())) {
            throw new ActRefused(
                    "the definition of `"
                            + tool
                            + "` has changed since it was shown; nothing was accepted, look again");
        }
        return written(pin.accepting(), by);
    }

    /**
     * Says what a tool does and what its arguments are for, instead of what is read off its
     * definition; all of it, so that nothing takes back what was said before.
     *
     * @param by who corrects it
     */
    public Pin correct(Tool tool, Correction correction, String by) {
        Pin pin = pin(tool);
        Set<String> known = new HashSet<>(pin.correction().roles().keySet());
        known.addAll(arguments(pin.acceptedDefinition()));
        known.addAll(arguments(pin.definition()));
        for (String name : correction.roles().keySet()) {
            if (!known.contains(name)) {
                throw new ActRefused("`" + tool + "` has no argument `" + Quotation.of(name) + "`");
            }
        }
        return pin.correction().equals(correction) ? pin : written(pin.corrected(correction), by);
    }

    private static Set<String> arguments(Value.Fields definition) {
        return definition
                .fields("inputSchema")
                .flatMap(schema -> schema.fields("properties"))
                .map(properties -> properties.values().keySet())
                .orElse(Set.of());
    }

    private Pin pin(Tool tool) {
        return tools.pin(tool).orElseThrow(() -> new ActRefused("there is no tool `" + tool + "`"));
    }

    private Pin written(Pin pin, String by) {
        ledger.append(new Event.ToolPinned(pin, by), clock.instant());
        return pin;
    }
}
