package dev.remit.mandate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a person reads before saying yes says all that the permission says. */
final class PermissionWordsTest {
    private static final Constraint PATH = new Constraint.PathBelow("/agendas");
    private static final Constraint SUM =
            new Constraint.Range(Optional.empty(), Optional.of(BigDecimal.valueOf(200)));

    private static Permission permission(Map<String, Constraint> arguments, OptionalLong uses) {
        return new Permission("p1", new Glob("docs.edit"), arguments, uses);
    }

    @Test
    void everyArgumentAndTheUses() {
        assertThat(permission(Map.of("path", PATH, "amount", SUM), OptionalLong.of(3)).said())
                .containsExactly(
                        "`amount` must be at most 200",
                        "`path` must be a path at or below `/agendas`",
                        "no other argument",
                        "at most 3 times");
    }

    @Test
    void whatIsNotNamed() {
        Constraint one = new Constraint.Exact(Value.of("notes"));
        assertThat(permission(Map.of(), OptionalLong.of(1)).said())
                .containsExactly("with any arguments", "once");
        assertThat(
                        permission(
                                        Map.of("path", PATH, Permission.REST, new Constraint.Any()),
                                        OptionalLong.empty())
                                .said())
                .containsExactly(
                        "`path` must be a path at or below `/agendas`",
                        "every other argument may be anything");
        assertThat(permission(Map.of(Permission.REST, one), OptionalLong.empty()).said())
                .containsExactly("every argument must be \"notes\"");
    }
}
