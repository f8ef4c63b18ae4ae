package dev.remit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.testkit.AttackCase;
import org.junit.jupiter.api.Test;

/** What others wrote, on a terminal. */
final class ShownTest {
    @Test
    @AttackCase("CLI-002")
    void nobodyElseMovesTheCursor() {
        assertThat(Shown.plain("a\u001b]52;c;eA==\u0007b\u001bc\u202e\u200b\r\nc"))
                .isEqualTo("a\\u{1b}]52;c;eA==\\u{7}b\\u{1b}c\\u{202e}\\u{200b}\\u{d}\\u{a}c");
        assertThat(Shown.plain("Zoë – 会議 😀 `x`")).isEqualTo("Zoë – 会議 😀 `x`");
    }
}
