package dev.remit.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.authority.KnockedGateway;
import dev.remit.call.Value;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the gateway says of itself to authorization servers that look clients up. */
final class OwnDocumentTest {
    @Test
    void anybodyMayReadIt(@TempDir Path data) throws Exception {
        try (KnockedGateway gateway = new KnockedGateway(data)) {
            String origin = gateway.config().peoplesOrigin().orElseThrow();
            String at = origin + ConsentEdge.DOCUMENT;
            HttpResponse<String> answer =
                    gateway.send(HttpRequest.newBuilder(URI.create(at)).build());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
            Value.Fields said = KnockedGateway.json(answer);
            assertThat(said.text("client_id")).isEqualTo(Optional.of(at));
            assertThat(said.items("redirect_uris"))
                    .isEqualTo(List.of(Value.of(origin + ConsentEdge.PATH)));
            assertThat(said.text("token_endpoint_auth_method")).contains("none");
            assertThat(said.items("grant_types")).contains(Value.of("refresh_token"));
        }
    }
}
