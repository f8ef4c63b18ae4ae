package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.ledger.Event;
import dev.remit.testkit.AttackCase;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever is asked again hears that a client is not what it was, and the log says so too. */
final class ChangedDocumentTest {
    private static final String CHANGED = "has changed since it was last given a mandate";

    @Test
    @AttackCase("OAUTH-025")
    void aChangedDocumentIsToldAndWrittenDown(@TempDir Path data) throws IOException {
        ConsentRig rig = ConsentRig.open(data);
        PublishedClient client = rig.client();
        consent(client, false);
        consent(client, false);
        assertThat(noted(rig.gateway())).hasSize(1);

        client.republish(
                Map.of(
                        "token_endpoint_auth_method",
                        Value.of("none"),
                        "redirect_uris",
                        Value.ofTexts(
                                List.of(PublishedClient.REDIRECT, "https://evil.example/cb"))));
        consent(client, false); // what was read is kept for a while, and the flow with it
        rig.gateway().close();
        try (KnockedGateway again = new KnockedGateway(data, rig.gateway().config())) {
            HttpResponse<String> page = client.page(client.usual());
            assertThat(page.body()).contains(CHANGED);
            client.answer(page, "refuse");
            assertThat(noted(again)).as("a no changes nothing").hasSize(1);
            consent(client, true);
            assertThat(noted(again)).hasSize(2).doesNotHaveDuplicates();
            consent(client, false);
            assertThat(noted(again)).hasSize(2);
        } finally {
            client.close();
        }
    }

    private static void consent(PublishedClient client, boolean changed) {
        HttpResponse<String> page = client.page(client.usual());
        assertThat(page.body().contains(CHANGED)).isEqualTo(changed);
        String code = PublishedClient.back(client.answer(page, "allow")).getOrDefault("code", "");
        assertThat(client.token(client.byCode(code)).statusCode()).isEqualTo(200);
    }

    /** What is written of the document. */
    private static List<String> noted(KnockedGateway gateway) {
        return gateway.events().stream()
                .filter(Event.AgentTagged.class::isInstance)
                .map(one -> ((Event.AgentTagged) one).set().getOrDefault("client-document", ""))
                .toList();
    }
}
