package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.testkit.Npm;
import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
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
                    new ProcessBuilder(
                                    Npm.node(),
                                    Npm.script("oauth.mjs").toString(),
                                    library,
                                    rig.gateway().issuer(),
                                    client.id(),
                                    "http://127.0.0.1:4711/callback",
                                    PublishedClient.WISH)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
                String go = said.readLine();
                assertThat(go).startsWith("go http://localhost:");
                HttpResponse<String> page = client.page(URI.create(go.substring(3)));
                HttpResponse<String> answer = client.answer(page, "allow");
                String back = answer.headers().firstValue("Location").orElseThrow() + "\n";
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
}
