package dev.remit.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.testkit.AttackCase;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Names are never given twice, and secrets are long enough. */
final class NamesTest {
    private static final int MANY = 200_000;

    @Test
    @AttackCase("KEYS-008")
    void noneIsGivenTwice() {
        Set<String> given = new HashSet<>();
        for (int i = 0; i < MANY; i++) {
            given.add(Names.secret());
            given.add(Names.fresh());
        }
        assertThat(given).hasSize(2 * MANY);
        assertThat(Base64.getUrlDecoder().decode(Names.secret()).length).isGreaterThanOrEqualTo(16);
        assertThat(Base64.getUrlDecoder().decode(Names.longSecret())).hasSize(32);
    }
}
