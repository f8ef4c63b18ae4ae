package dev.remit.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What strangers write cannot pass for something else on a card. */
final class QuotationTest {
    @Test
    @DisplayName("INTENT-018 what is not seen is shown as a code")
    void whatIsNotSeenIsShownAsACode() {
        assertThat(Quotation.of("pay\u202e100\u202c")).isEqualTo("pay\\u{202e}100\\u{202c}");
        assertThat(Quotation.of("re\u200bad")).isEqualTo("re\\u{200b}ad");
        assertThat(Quotation.of("a\u001b[2Jb\u0000")).isEqualTo("a\\u{1b}[2Jb\\u{0}");
    }

    @Test
    void aLetterThatPosesAsALatinOneIsShownAsACode() {
        assertThat(Quotation.of("p\u0430ypal")).isEqualTo("p\\u{430}ypal");
        assertThat(Quotation.of("pay \u0440\u0430\u0443\u0440\u0430"))
                .as("a whole word of letters that look Latin, among Latin ones")
                .isEqualTo("pay \\u{440}\\u{430}\\u{443}\\u{440}\\u{430}");
        assertThat(Quotation.of("\uff50ay")).isEqualTo("\\u{ff50}ay");
    }

    @Test
    void otherScriptsAreReadAsTheyAre() {
        for (String words :
                new String[] {
                    "Überweise 5 € an Zoë",
                    "Обнови повестку дня",
                    "议程を更新する",
                    "Tagesordnung für вторник"
                }) {
            assertThat(Quotation.of(words)).isEqualTo(words);
        }
    }

    @Test
    void piledUpMarksEndAndSoDoLongWords() {
        assertThat(Quotation.of("e\u0301\u0302\u0303\u0304"))
                .isEqualTo("e\u0301\u0302\\u{303}\\u{304}");
        assertThat(Quotation.of("a".repeat(5_000)))
                .isEqualTo("a".repeat(Quotation.MOST) + "… (4400 characters more)");
        assertThat(Quotation.of("two\nlines")).isEqualTo("two lines");
    }
}
