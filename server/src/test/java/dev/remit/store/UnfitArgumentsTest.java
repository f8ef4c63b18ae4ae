package dev.remit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.ledger.Event;
import dev.remit.testkit.AttackCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments that the tool's accepted definition has no place for are refused; nobody is asked. */
class UnfitArgumentsTest extends OfficeAtTheGate {
    private void refused(Value.Fields arguments) {
        int before = effects.size();
        int records = records().size();
        assertThat(call("office.update_event", arguments)).isEqualTo("arguments-unfit");
        assertThat(effects).hasSize(before);
        assertThat(records()).hasSize(records + 1);
        assertThat(records().getLast().ruling()).isInstanceOf(Event.Ruling.Refused.class);
        assertThat(rig.store().questions().waiting(9)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sudo", "__proto__", "constructor", "Event", "event ", "dry_run"})
    @AttackCase("INTENT-013")
    void whatNoSchemaNamesIsNotSent(String name) {
        search();
        refused(EDIT.with(name, Value.of(true)));
        assertThat(call("office.update_event", EDIT)).isEqualTo("made");
    }

    @Test
    @AttackCase("INTENT-011")
    void whatTheSchemaDoesNotLetInIsNotSent() {
        search();
        refused(EDIT.with("description", Value.of(7)));
        refused(EDIT.with("event", Value.object().put("$ref", "https://evil.example").build()));
        rig.pin(
                "office.update_event",
                Value.object()
                        .put("name", "update_event")
                        .put(
                                "inputSchema",
                                Value.object()
                                        .put("$ref", "https://evil.example/open.json")
                                        .put("required", Value.ofTexts(java.util.List.of("event")))
                                        .build())
                        .build());
        refused(EDIT.without("event"));
        assertThat(call("office.update_event", EDIT))
                .as("what is elsewhere is not fetched, and lets through")
                .isEqualTo("made");
    }

    /** Nobody learns of a tool that is not part of the task what it takes. */
    @Test
    void whatIsNotPermittedIsToldFirst() {
        give(AGENDA, permission("some", "office.update_event"));
        Value.Fields unfit = MAIL.with("sudo", Value.of(true));
        assertThat(call("office.send_email", unfit)).isEqualTo("not-permitted");
        assertThat(rig.store().questions().waiting(9)).isEmpty();
        assertThat(call("office.send_email", MAIL)).isEqualTo("asked: not-permitted");
    }
}
