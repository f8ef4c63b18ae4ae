package dev.remit.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class StateSealTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Value.Fields STATE = Value.object().put("state", "upstream's").build();

    private final StateSeal seal = new StateSeal(new byte[32], new SecureRandom());
    private final String sealed = seal.seal(STATE, "for this call", NOW, Duration.ofMinutes(5));

    @Test
    void whatWasSealedIsOpenedForTheSamePurposeInTime() {
        assertThat(seal.open(sealed, "for this call", NOW.plusSeconds(299)))
                .hasValueSatisfying(
                        state -> assertThat(state.text("state")).contains("upstream's"));
        assertThat(sealed).doesNotContain("upstream");
    }

    @Test
    void itIsNotOpenedForAnotherPurposeLaterWithAnotherKeyOrChanged() {
        byte[] other = new byte[32];
        other[31] = 1;

        assertThat(seal.open(sealed, "for another call", NOW)).isEmpty();
        assertThat(seal.open(sealed, "for this call", NOW.plusSeconds(300))).isEmpty();
        assertThat(new StateSeal(other, new SecureRandom()).open(sealed, "for this call", NOW))
                .isEmpty();
        for (int at = 0; at < sealed.length(); at++) {
            char changed = sealed.charAt(at) == 'A' ? 'B' : 'A';
            String tampered = sealed.substring(0, at) + changed + sealed.substring(at + 1);
            assertThat(seal.open(tampered, "for this call", NOW))
                    .as("changed at %d", at)
                    .satisfiesAnyOf(
                            state -> assertThat(state).isEmpty(),
                            // the last letter holds bits that do not count
                            _ ->
                                    assertThat(tampered.substring(0, tampered.length() - 1))
                                            .isEqualTo(sealed.substring(0, sealed.length() - 1)));
        }
    }
}
