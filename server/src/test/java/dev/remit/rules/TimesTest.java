package dev.remit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.gate.Answer;
import dev.remit.mandate.Mandate;
import dev.remit.testkit.AttackCase;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/**
 * An end is the first moment that is too late, to the nanosecond, whatever a clock on a wall says.
 */
final class TimesTest {
    private final Office office = new Office();

    @Test
    @AttackCase({"PDP-022", "GRANT-012"})
    void aMandateEndsWithTheVeryMoment() {
        Mandate mandate = office.give("bank.*", 0);
        Instant end = mandate.limits().expiresAt();
        office.now = end.minusNanos(1);
        assertThat(office.call("bank.pay")).isInstanceOf(Answer.Ended.class);
        office.now = end;
        assertThat(office.call("bank.pay")).isInstanceOf(Answer.Refused.class);
        assertThat(office.effects).hasSize(1);
    }

    /** The night on which clocks in Berlin go back, 02:30 comes twice; the rule holds once. */
    @Test
    @AttackCase("PDP-022")
    void aRuleKnowsNoHourThatComesTwice() {
        office.under(
                """
                @id("from-then") forbid(principal, action, resource)
                when { context.now >= datetime("2026-10-25T01:30:00Z") };
                """);
        office.now = Instant.parse("2026-10-25T00:00:00Z");
        office.give("bank.*", 0);
        office.now = Instant.parse("2026-10-25T00:30:00Z");
        assertThat(office.call("bank.pay", Value.Fields.EMPTY)).isInstanceOf(Answer.Ended.class);
        office.now = Instant.parse("2026-10-25T01:30:00Z").minusMillis(1);
        office.give("bank.*", 0);
        assertThat(office.call("bank.pay")).isInstanceOf(Answer.Ended.class);
        office.now = Instant.parse("2026-10-25T01:30:00Z");
        assertThat(office.call("bank.pay")).isInstanceOf(Answer.Refused.class);
        assertThat(office.effects).hasSize(2);
        office.under(
                """
                @id("until-then") forbid(principal, action, resource)
                when { context.now <= datetime("2026-10-25T01:30:00Z") };
                """);
        assertThat(office.call("bank.pay")).isInstanceOf(Answer.Refused.class);
        office.now = office.now.plusMillis(1);
        assertThat(office.call("bank.pay")).isInstanceOf(Answer.Ended.class);
    }
}
