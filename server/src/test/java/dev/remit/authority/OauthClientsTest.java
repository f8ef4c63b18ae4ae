package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import dev.remit.authority.Asking.Asked;
import dev.remit.authority.Asking.Way;
import dev.remit.identity.DpopSigner;
import dev.remit.testkit.Npm;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OAuth clients that others wrote, in processes of their own, go the whole way. */
final class OauthClientsTest {
    @TempDir Path data;

    @BeforeAll
    static void install() {
        Npm.install();
    }

    @ParameterizedTest
    @ValueSource(strings = {"oauth4webapi", "openid-client"})
    @Timeout(120)
    void fromDiscoveryToRevocation(String library) throws Exception {
        try (ConsentRig rig = ConsentRig.open(data)) {
            PublishedClient client = rig.client();
            Process process =
                    run(
                            library,
                            rig.gateway().issuer(),
                            client.id(),
                            "http://127.0.0.1:4711/callback",
                            PublishedClient.WISH);
            try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
                String go = said.readLine();
                assertThat(go).startsWith("go http://localhost:");
                HttpResponse<String> page = client.page(URI.create(go.substring(3)));
                HttpResponse<String> answer = client.answer(page, "allow");
                String back = PublishedClient.address(answer) + "\n";
                process.getOutputStream().write(back.getBytes(StandardCharsets.UTF_8));
                process.getOutputStream().flush();
                assertThat(said.lines())
                        .containsExactly("called 200", "renewed 200", "revoked 401");
                assertThat(process.waitFor()).isZero();
            } finally {
                process.destroy();
            }
        }
    }

    @Test
    @Timeout(120)
    void aDeviceWhosePersonAnswersElsewhere() throws Exception {
        try (Asking asking = new Asking(data)) {
            Process process =
                    run(
                            "device",
                            asking.gateway.issuer(),
                            asking.published.id(),
                            "-",
                            PublishedClient.WISH);
            try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
                String go = said.readLine();
                assertThat(go).startsWith("go http://localhost:").contains("/device?user_code=");
                HttpResponse<String> page =
                        Asking.type(asking.visitor(), go.substring(go.indexOf('=') + 1));
                Asking.good(asking.published.answer(page, "allow"));
                assertThat(said.lines()).containsExactly("called 200", "called 200");
                assertThat(process.waitFor()).isZero();
            } finally {
                process.destroy();
            }
        }
    }

    @Test
    @Timeout(120)
    void anAgentWhosePersonFindsTheRequest() throws Exception {
        KeyPair keys = Forgeries.p256();
        try (Asking asking = new Asking(data)) {
            KnockedGateway gateway = asking.gateway;
            String client =
                    gateway.enrol(new DpopSigner(keys), gateway.code("night"))
                            .text("client_id")
                            .orElseThrow();
            Process process =
                    run("ciba", gateway.issuer(), client, asking.person, PublishedClient.WISH);
            String jwk =
                    new ECKey.Builder(Curve.P_256, (ECPublicKey) keys.getPublic())
                            .privateKey(keys.getPrivate())
                            .build()
                            .toJSONString();
            process.getOutputStream().write((jwk + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
            try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
                String code = said.readLine();
                assertThat(code).startsWith("code ");
                Asked asked = new Asked(Way.BY_INBOX, "", code.substring(5));
                HttpResponse<String> page = asking.page(asked);
                assertThat(page.body()).contains(asked.userCode(), "from the night shift");
                Asking.good(asking.published.answer(page, "allow"));
                assertThat(said.lines()).containsExactly("called 200");
                assertThat(process.waitFor()).isZero();
            } finally {
                process.destroy();
            }
        }
    }

    private static Process run(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(Npm.node(), Npm.script("oauth.mjs").toString()));
        all.addAll(List.of(arguments));
        return new ProcessBuilder(all).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
