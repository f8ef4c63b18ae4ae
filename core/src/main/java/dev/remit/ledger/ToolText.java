package dev.remit.ledger;

import dev.remit.call.Correction;
import dev.remit.call.Digest;
import dev.remit.call.Pin;
import dev.remit.call.Tool;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A tool as it is pinned: digests and the operator's words in the leaf; in the body what the
 * upstream wrote, and a correction, since it names arguments as the upstream does.
 */
final class ToolText {
    static final String PINNED = "tool-pinned";

    private ToolText() {}

    static EventText write(Event.ToolPinned pinned) {
        Pin pin = pinned.pin();
        return EventText.of(PINNED)
                .with("tool", pin.tool().toString())
                .with("accepted", pin.accepted().hex())
                .with("held", pin.held().map(Digest::hex))
                .with("reads", pin.reads() ? Optional.of("true") : Optional.empty())
                .with("labels", labels(pin.labels()))
                .with("by", pinned.by())
                .saying("definition", pin.definition())
                .saying(
                        "correction",
                        Optional.of(pin.correction())
                                .filter(one -> !one.isNone())
                                .map(Correction::write));
    }

    private static Optional<String> labels(Set<String> labels) {
        return labels.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join(" ", new TreeSet<>(labels)));
    }

    static Event.ToolPinned readPinned(EventText text) {
        return new Event.ToolPinned(
                new Pin(
                        Tool.of(text.get("tool")),
                        Digest.ofHex(text.get("accepted")),
                        text.maybe("held").map(Digest::ofHex),
                        text.body().fields("definition").orElseThrow(),
                        text.maybe("reads").equals(Optional.of("true")),
                        text.maybe("labels").map(all -> Set.of(all.split(" "))).orElse(Set.of()),
                        text.body()
                                .fields("correction")
                                .map(Correction::read)
                                .orElse(Correction.NONE)),
                text.get("by"));
    }
}
