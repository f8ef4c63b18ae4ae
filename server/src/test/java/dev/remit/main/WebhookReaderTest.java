package dev.remit.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.notice.Webhook;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Webhooks are read with their addresses and keys by reference. */
final class WebhookReaderTest {
    private static final String URL = "https://hooks.example/services/T0/B0/secret-part";
    private static final Map<String, String> ENVIRONMENT =
            Map.of("URL", URL, "KEY", "k".repeat(32), "SHORT", "k".repeat(31), "ODD", "ftp://x");

    private static Config read(String webhooks) {
        return read("", webhooks);
    }

    private static Config read(String before, String webhooks) {
        return ConfigReader.read(
                "remit.yaml",
                before + "approvals:\n  webhooks: " + webhooks,
                name -> Optional.ofNullable(ENVIRONMENT.get(name)));
    }

    @Test
    void oneIsRead() {
        List<Webhook> read = read("{chat: {url: '${env:URL}', key: '${KEY}'}}").webhooks();
        assertThat(read).hasSize(1);
        assertThat(read.getFirst().url().reveal()).isEqualTo(URL);
        assertThat(read.getFirst().key()).isPresent();
        assertThat(read.toString()).doesNotContain("secret-part", "kkk");
        assertThat(read("{}").webhooks()).isEmpty();
    }

    @Test
    void whatIsWrongIsToldWithTheMendAndWithoutTheSecret() {
        Map<String, String> wrong =
                Map.of(
                        "{Chat: {url: '${URL}'}}",
                        "a webhook's name",
                        "{chat: {key: '${KEY}'}}",
                        "`url` is missing",
                        "{chat: {url: '" + URL + "'}}",
                        "whoever has it can post there",
                        "{chat: {url: '${URL}', key: '${SHORT}'}}",
                        "at least 32 characters",
                        "{chat: {url: '${ODD}'}}",
                        "no https address",
                        "{chat: {url: '${URL}', more: 1}}",
                        "more");
        wrong.forEach(
                (text, mend) ->
                        assertThatThrownBy(() -> read(text))
                                .as(text)
                                .hasMessageContaining(mend)
                                .hasMessageNotContaining("secret-part"));
    }
}
