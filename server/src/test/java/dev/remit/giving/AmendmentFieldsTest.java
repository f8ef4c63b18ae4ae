package dev.remit.giving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.mandate.Amendment;
import dev.remit.mandate.Amendment.Act;
import dev.remit.registry.ActRefused;
import dev.remit.web.Form;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a person says on the form beside the task's words. */
final class AmendmentFieldsTest {
    private static Amendment read(Map<String, String> typed) {
        return AmendmentFields.read(new Typed(new Form(typed)));
    }

    @Test
    void whatIsChosenIsSaid() {
        assertThat(read(Map.of())).isEqualTo(Amendment.NONE);
        assertThat(read(Map.of("act:send", "not", "act:pay", "also", "act:share", "")))
                .isEqualTo(new Amendment(Set.of(Act.SEND), Set.of(Act.PAY)));
        assertThatThrownBy(() -> read(Map.of("act:send", "yes"))).isInstanceOf(ActRefused.class);
    }

    @Test
    void whatWasChosenStandsInTheForm() {
        Typed typed = new Typed(new Form(Map.of("act:send", "not")));
        assertThat(AmendmentFields.of(typed).toString())
                .isNotEqualTo(AmendmentFields.of(Typed.NOTHING).toString());
    }
}
