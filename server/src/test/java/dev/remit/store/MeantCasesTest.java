package dev.remit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.testkit.AttackCase;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** Attacks on what the person meant, each beside what must be done. */
class MeantCasesTest extends OfficeAtTheGate {
    /** The right call, others beside it that drift off, and the right one still. */
    @Test
    @AttackCase("INTENT-001")
    void aCallThatDriftsOffIsAskedAbout() {
        pin("office.refund_order", "order", "amount");
        give("Refund 50 EUR for order 7012", permission("all", "office.*"));
        readNote();
        Value.Fields meant = Value.object().put("order", "7012").put("amount", 50).build();
        assertThat(call("office.refund_order", meant.with("order", Value.of("7013"))))
                .isEqualTo("asked: intent-asks");
        assertThat(
                        call(
                                "office.refund_order",
                                meant.with("amount", new Value.Num(new BigDecimal("50.01")))))
                .isEqualTo("asked: intent-asks");
        assertThat(call("office.refund_order", meant)).isEqualTo("made");
        assertThat(call("office.refund_order", meant)).isEqualTo("asked: intent-asks");
        assertThat(said().rule()).isEqualTo("done-already");
        assertThat(effects).containsExactly("read_note", "refund_order");
    }

    /** What a general tool could do as well as the special one is not done by asking it instead. */
    @Test
    @AttackCase("INTENT-016")
    void aToolThatTakesAProgramDoesMoreThanRead() {
        pin("office.query_database", "sql");
        pin("office.query_orders", "customer");
        give("List the orders of Ada", permission("all", "office.*"));
        assertThat(
                        call(
                                "office.query_database",
                                Value.object().put("sql", "delete from orders").build()))
                .isEqualTo("asked: intent-asks");
        assertThat(call("office.query_orders", Value.object().put("customer", "Ada").build()))
                .isEqualTo("made");
    }

    @Test
    @AttackCase("INTENT-017")
    void whatIsConfidentialDoesNotGoOut() {
        pin("office.get_credentials", "name");
        note = "{\"password\": \"Tr0ub4dor-staple-77\"}";
        give("Mail ben@office.example the agenda", permission("all", "office.*"));
        assertThat(call("office.get_credentials", Value.object().put("name", "wifi").build()))
                .isEqualTo("made");
        Value.Fields mail =
                Value.object()
                        .put("to", "ben@office.example")
                        .put("body", "The agenda: numbers, hiring")
                        .build();
        assertThat(
                        call(
                                "office.send_email",
                                mail.with("body", Value.of("Tr0ub4dor-staple-77 is the agenda"))))
                .isEqualTo("asked: intent-asks");
        assertThat(said().rule()).isEqualTo("secret-goes-out");
        assertThat(call("office.send_email", mail)).isEqualTo("made");
    }
}
