package dev.remit.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.ArgumentRole;
import dev.remit.call.Correction;
import dev.remit.call.Effect;
import dev.remit.call.Pin;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.ledger.Event;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the book of tools is held to, in every store. */
final class PinContract {
    private static final Correction CORRECTION =
            new Correction(Set.of(Effect.SEND), Map.of("to \"\n", ArgumentRole.DESTINATION));

    private PinContract() {}

    static void pins(StoreContract.Opened store, Sample sample) {
        for (String tool : List.of("up.m", "up.z", "up.a", "other.b")) {
            StoreContract.assertStored(sample.append(new Event.ToolPinned(sample.pin(tool), "x")));
            assertThat(store.tools().pin(Tool.of(tool))).contains(sample.pin(tool));
        }
        assertThat(store.tools().pins("up"))
                .extracting(pin -> pin.tool().name())
                .containsExactly("a", "m", "z");
        Pin accepted = sample.pin("up.m");
        Pin held = sample.held("up.m").after(accepted);
        sample.append(new Event.ToolPinned(held, "x"));
        assertThat(store.tools().pins("up")).contains(held).hasSize(3);
        assertThat(store.tools().pins("none")).isEmpty();
        formerDefinition(store, sample, accepted);
    }

    /** What was accepted is known as long as another definition is held. */
    private static void formerDefinition(StoreContract.Opened store, Sample sample, Pin accepted) {
        Tool tool = accepted.tool();
        Value.Fields third = Value.object().put("name", "m").put("new", 2).build();
        for (Pin next :
                List.of(
                        sample.held("up.m"),
                        accepted.offered(third),
                        accepted.offered(third).labelled(Set.of("quiet")),
                        accepted.offered(third).corrected(CORRECTION))) {
            StoreContract.assertStored(sample.append(new Event.ToolPinned(next, "x")));
            assertThat(store.tools().pin(tool))
                    .contains(next.after(accepted))
                    .map(Pin::acceptedDefinition)
                    .contains(accepted.definition());
        }
        Pin corrected = accepted.corrected(CORRECTION);
        sample.append(new Event.ToolPinned(corrected.offered(third).accepting(), "x"));
        assertThat(store.tools().pin(tool))
                .contains(
                        new Pin(tool, Pin.digest(third), Optional.empty(), third)
                                .corrected(CORRECTION));
        sample.append(new Event.ToolPinned(accepted, "x"));
    }
}
