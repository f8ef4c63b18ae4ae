package dev.remit.registry;

import dev.remit.call.Digest;
import dev.remit.call.Pin;
import dev.remit.call.Tool;
import dev.remit.call.ToolBook;
import dev.remit.ledger.Event;
import dev.remit.ledger.Ledger;
import java.time.InstantSource;
import java.util.Optional;

/** Accepts the definitions of tools that have changed. */
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
        Pin pin =
                tools.pin(tool)
                        .orElseThrow(() -> new ActRefused("there is no tool `" + tool + "`"));
        if (pin.held().isEmpty()) {
            throw new ActRefused("`" + tool + "` has not changed since it was accepted");
        }
        if (seen.isPresent() && !seen.equals(pin.held())) {
            throw new ActRefused(
                    "the definition of `"
                            + tool
                            + "` has changed since it was shown; nothing was accepted, look again");
        }
        Pin accepted = pin.accepting();
        ledger.append(new Event.ToolPinned(accepted, by), clock.instant());
        return accepted;
    }
}
