package dev.remit.mandate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Arguments;
import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.identity.AgentId;
import dev.remit.identity.MandateId;
import dev.remit.identity.Person;
import dev.remit.identity.PersonId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums are exact, and what is no amount is not added up. */
final class BudgetTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final Tool PAY = new Tool("bank", "pay");
    private static final Mandate MANDATE =
            new Mandate(
                    new MandateId("mdt_1"),
                    new Person(new PersonId("per_1"), "Ines"),
                    new AgentId("agt_1"),
                    new Task("Pay the rent"),
                    new Permissions(List.of()),
                    new Limits(
                            NOW.plus(Duration.ofHours(2)),
                            Optional.empty(),
                            OptionalLong.empty(),
                            5,
                            OptionalLong.empty(),
                            Optional.empty(),
                            List.of(
                                    new Budget(
                                            "b", new Glob("bank.pay"), "amount", BigDecimal.ONE)),
                            List.of(),
                            0),
                    NOW,
                    new Mandate.Status.Active(),
                    1);

    private static Arguments paying(String amount) {
        try {
            byte[] json = ("{\"amount\":" + amount + "}").getBytes(UTF_8);
            return new Arguments((Value.Fields) JsonReader.read(json));
        } catch (MalformedJson e) {
            throw new IllegalArgumentException(amount, e);
        }
    }

    private static boolean fits(Usage usage, String amount) {
        return Spending.of(new Sheet(MANDATE, usage), PAY, paying(amount), NOW).isEmpty();
    }

    private static Usage spending(Usage usage, String amount) {
        return usage.allowed(call(amount), Set.of(), Optional.empty(), NOW);
    }

    private static OpenCall call(String amount) {
        return new OpenCall(
                1,
                MANDATE.id(),
                "p",
                PAY,
                Spending.amounts(MANDATE, List.of(), PAY, paying(amount)),
                true);
    }

    @Test
    @DisplayName("GRANT-006: three times a tenth and seven times a tenth are one, and no more")
    void sumsAreExact() {
        Usage usage = Usage.none(NOW);
        for (int i = 0; i < 10; i++) {
            assertThat(fits(usage, "0.1")).as("call " + i).isTrue();
            usage = spending(usage, i % 2 == 0 ? "0.1" : "1e-1");
        }
        assertThat(fits(usage, "0")).isTrue();
        assertThat(fits(usage, "0.000000000000000000000000000001")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-0.01",
                "-1e-400",
                "\"0.1\"",
                "null",
                "true",
                "[0.1]",
                "{\"amount\":0.1}",
                "1e-31",
                "9223372036854775808",
                "99999999999999999999999999999999999"
            })
    @DisplayName("GRANT-006 INTENT-019: what is no amount, or too much, is not allowed")
    void whatIsNoAmountIsNotAllowed(String amount) {
        assertThat(fits(Usage.none(NOW), amount)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.0", "-0", "1", "1.0", "1e0", "0.99"})
    @DisplayName("GRANT-006: beside it, amounts in every form fit")
    void amountsInEveryForm(String amount) {
        assertThat(fits(Usage.none(NOW), amount)).isTrue();
    }

    @Test
    @DisplayName("GRANT-006: what is given back is what was taken, and once")
    void whatIsGivenBackIsWhatWasTaken() {
        Usage before = spending(Usage.none(NOW), "0.4");
        OpenCall call = call("0.6");
        Usage after = before.allowed(call, Set.of(), Optional.empty(), NOW);
        assertThat(fits(after, "0.1")).isFalse();
        Usage back = after.refunded(call);
        assertThat(fits(back, "0.6")).isTrue();
        assertThat(fits(back, "0.61")).isFalse();
    }
}
