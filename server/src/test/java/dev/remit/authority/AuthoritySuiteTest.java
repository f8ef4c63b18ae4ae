package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.gateway.rig.FakeHttpServer;
import dev.remit.testkit.Npm;
import dev.remit.testkit.Ports;
import java.io.BufferedReader;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The official conformance suite's scenarios for authorization servers, by a client that published
 * itself; the person's part is played here.
 */
final class AuthoritySuiteTest {
    @TempDir Path data;

    @BeforeAll
    static void install() {
        Npm.install();
    }

    @Test
    @Timeout(120)
    void metadataAndACode() throws Exception {
        try (FakeHttpServer upstream = new FakeHttpServer();
                ConsentRig rig = McpOauthTest.open(data, upstream)) {
            McpOauthTest.see(rig);
            String issuer = rig.gateway().issuer();
            Process suite =
                    new ProcessBuilder(
                                    Npm.node(),
                                    Npm.file("@modelcontextprotocol/conformance/dist/index.js")
                                            .toString(),
                                    "authorization",
                                    "--url",
                                    issuer,
                                    "--client-id",
                                    rig.client().id(),
                                    "--port",
                                    String.valueOf(Ports.free()))
                            .redirectErrorStream(true)
                            .start();
            List<String> said = new ArrayList<>();
            try (BufferedReader lines = suite.inputReader(StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    said.add(line);
                    if (line.contains("/oauth2/authorize?")) {
                        agree(rig, URI.create(line));
                    }
                }
                assertThat(suite.waitFor()).as(String.join("\n", said)).isZero();
            } finally {
                suite.destroy();
            }
            assertThat(said)
                    .contains(
                            "\u2713 authorization-server-metadata-endpoint: 2 passed, 0 failed",
                            "\u2713 authorization-code-grant: 1 passed, 0 failed");
        }
    }

    private static void agree(ConsentRig rig, URI page) {
        HttpResponse<String> answer = McpOauthTest.choose(rig.client(), rig.client().page(page));
        URI back = PublishedClient.address(answer);
        assertThat(bringBack(rig, back).statusCode()).isEqualTo(200);
    }

    /** The suite says where to go before it listens for the way back. */
    private static HttpResponse<String> bringBack(ConsentRig rig, URI back) {
        for (int attempt = 1; ; attempt++) {
            try {
                return rig.gateway().send(HttpRequest.newBuilder(back).build());
            } catch (UncheckedIOException e) {
                if (attempt == 50 || !(e.getCause() instanceof ConnectException)) {
                    throw e;
                }
                LockSupport.parkNanos(100_000_000);
            }
        }
    }
}
