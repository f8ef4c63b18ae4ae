package dev.remit.ledger;

import dev.remit.identity.KeyUse;
import java.util.Optional;

/** The events of the gateway's own keys as names and values; none is a secret. */
public final class KeyText {
    /** The kind of the entries that introduce keys. */
    public static final String INTRODUCED = "key-introduced";

    private static final String SEALED = "sealed-anew";

    private KeyText() {}

    static EventText write(Event.OfKeys event) {
        return switch (event) {
            case Event.KeyIntroduced introduced ->
                    EventText.of(INTRODUCED)
                            .with("use", introduced.use().text())
                            .with("number", introduced.number())
                            .with("key", introduced.key().members().json())
                            .with("older", introduced.refusesOlder() ? "refused" : "taken")
                            .with("endorsement", introduced.endorsement())
                            .with("by", introduced.by());
            case Event.SealedAnew(long contents, String by) ->
                    EventText.of(SEALED).with("contents", contents).with("by", by);
        };
    }

    /** The event, if it is one of these. */
    static Optional<Event> read(EventText text) {
        return switch (text.kind()) {
            case INTRODUCED ->
                    Optional.of(
                            new Event.KeyIntroduced(
                                    KeyUse.of(text.get("use")).orElseThrow(),
                                    text.number("number"),
                                    text.key(),
                                    text.get("older").equals("refused"),
                                    text.maybe("endorsement"),
                                    text.get("by")));
            case SEALED ->
                    Optional.of(new Event.SealedAnew(text.number("contents"), text.get("by")));
            default -> Optional.empty();
        };
    }
}
