package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.identity.DpopSigner;
import dev.remit.identity.Jws;
import dev.remit.ledger.Event;
import dev.remit.main.Names;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole gateway issues a passport, takes it instead of a code, and takes it back. */
final class PassportEnrolmentTest {

    @Test
    @DisplayName("VC-005 VC-006 a passport enrols its holder once shown, and ends it when revoked")
    void fromIssueToRevocation(@TempDir Path folder) throws IOException {
        try (KnockedGateway gateway = new KnockedGateway(folder)) {
            gateway.code("worker");
            KeyPair keys = Forgeries.ed25519();
            DpopSigner holder = new DpopSigner(keys);
            Value.Fields issued =
                    gateway.operator(
                            "passports/issue",
                            Value.object()
                                    .put("agent", "worker")
                                    .put("key", holder.publicKey().members())
                                    .build());
            String passport = issued.text("text").orElseThrow();
            DpopSigner thief = new DpopSigner(Forgeries.p256());

            refused(gateway, gateway.register(holder, passport, holder), "passport-binding");
            String shown = show(gateway, passport, keys);
            refused(gateway, gateway.register(thief, shown, thief), "passport-key");
            HttpResponse<String> enrolled = gateway.register(holder, shown, holder);
            assertThat(enrolled.statusCode()).isEqualTo(201);
            refused(gateway, gateway.register(holder, shown, holder), "passport-replayed");

            String client = KnockedGateway.json(enrolled).text("client_id").orElseThrow();
            String token =
                    KnockedGateway.json(gateway.token(assertion(gateway, holder, client), holder))
                            .text("access_token")
                            .orElseThrow();
            assertThat(knock(gateway, holder, token)).isEqualTo(200);

            String list = get(gateway, "/statuslists/0").body();
            gateway.operator(
                    "passports/revoke",
                    Value.object().put("passport", issued.text("passport").orElseThrow()).build());
            assertThat(knock(gateway, holder, token)).isEqualTo(401);
            assertThat(gateway.token(assertion(gateway, holder, client), holder).statusCode())
                    .isEqualTo(401);
            refused(
                    gateway,
                    gateway.register(holder, show(gateway, passport, keys), holder),
                    "passport-revoked");
            assertThat(claims(get(gateway, "/statuslists/0").body()).get("status_list"))
                    .isNotEqualTo(claims(list).get("status_list"));
            assertThat(get(gateway, "/statuslists/1").statusCode()).isEqualTo(404);
            assertThat(get(gateway, "/.well-known/did.json").body())
                    .contains("did:web:127.0.0.1%3A" + gateway.port());
            assertThat(get(gateway, "/.well-known/jwt-vc-issuer").statusCode()).isEqualTo(200);
            assertThat(get(gateway, "/.well-known/oauth-authorization-server").statusCode())
                    .isEqualTo(200);
        }
    }

    private static void refused(KnockedGateway gateway, HttpResponse<String> answer, String doubt) {
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(gateway.events().getLast())
                .isEqualTo(new Event.StrangerRefused(doubt, "/oauth2/register", 0));
    }

    private static int knock(KnockedGateway gateway, DpopSigner holder, String token) {
        return gateway.knock("DPoP " + token, gateway.proof(holder, Optional.of(token)))
                .statusCode();
    }

    private static String assertion(KnockedGateway gateway, DpopSigner holder, String client) {
        return holder.assertion(client, gateway.issuer(), Names.secret(), Instant.now());
    }

    private static String show(KnockedGateway gateway, String passport, KeyPair keys) {
        return new DpopSigner(keys)
                .presentation(passport, gateway.issuer(), Names.secret(), Instant.now());
    }

    private static Value.Fields claims(String list) {
        return Jws.read(list, 1024 * 1024).orElseThrow().claims();
    }

    private static HttpResponse<String> get(KnockedGateway gateway, String path) {
        return gateway.send(HttpRequest.newBuilder(URI.create(gateway.issuer() + path)).build());
    }
}
