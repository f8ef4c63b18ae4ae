package dev.remit.gateway.upstream;

import dev.remit.call.Digest;
import dev.remit.call.Pin;
import dev.remit.call.Tool;
import dev.remit.call.ToolBook;
import dev.remit.call.Value;
import dev.remit.decision.intent.Definitions;
import dev.remit.ledger.Event;
import dev.remit.ledger.Ledger;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down which definitions were seen: the first is accepted, a different one is held until a
 * person accepts it, and the accepted one is accepted again when it comes back.
 */
final class PinKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(PinKeeper.class);
    private static final String FIRST = "first-sight";
    private static final String LISTED = "listing";

    private final ToolBook book;
    private final Ledger ledger;
    private final InstantSource clock;

    PinKeeper(ToolBook book, Ledger ledger, InstantSource clock) {
        this.book = book;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Compares what is offered with what was accepted. */
    void note(String upstream, Catalogue catalogue) {
        catalogue
                .tools()
                .forEach((name, offer) -> note(new Tool(upstream, name), offer.definition()));
    }

    private void note(Tool tool, Value.Fields definition) {
        Optional<Pin> known = book.pin(tool);
        if (known.isEmpty()) {
            first(tool, definition);
            return;
        }
        Pin offered = known.get().offered(definition);
        if (!known.get().held().equals(offered.held())) {
            pin(offered, LISTED);
            if (offered.held().isPresent()) {
                LOG.warn(
                        "the definition of {} has changed; it is held until a person accepts it",
                        tool);
            }
        }
    }

    /** Accepts it at first sight, unless it is meant for its readers; then nothing is accepted. */
    private void first(Tool tool, Value.Fields definition) {
        Digest seen = Pin.digest(definition);
        if (Definitions.isPoisoned(definition)) {
            pin(new Pin(tool, Digest.of(), Optional.of(seen), definition), FIRST);
            LOG.warn(
                    "the definition of {} orders its readers about or hides something; it is held"
                            + " until a person accepts it",
                    tool);
        } else {
            pin(new Pin(tool, seen, Optional.empty(), definition), FIRST);
        }
    }

    private void pin(Pin pin, String by) {
        ledger.append(new Event.ToolPinned(pin, by), clock.instant());
    }
}
