package dev.remit.mandate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uses are counted by the permission's name, beside those of questions and rules. */
final class PermissionTest {
    private static Permission named(String name) {
        return new Permission(name, new Glob("up.tool"), Map.of(), OptionalLong.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "qst_1", "rule:few", "a b", "\u0430"})
    void noneIsCalledAsAQuestionOrARuleIs(String name) {
        assertThatThrownBy(() -> named(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void lettersAndDigitsAreAName() {
        assertThat(named("qst").named("w1-2").name()).isEqualTo("w1-2");
    }
}
