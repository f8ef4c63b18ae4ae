package dev.remit.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.authority.KnockedGateway;
import dev.remit.call.JsonReader;
import dev.remit.call.Value;
import dev.remit.testkit.AttackCase;
import dev.remit.testkit.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator's door opens on this machine, by this machine's names, and for no page. */
final class OperatorDoorTest {
    @Test
    @AttackCase("CLI-005")
    void onlyByThisMachinesOwnName(@TempDir Path data) throws Exception {
        int port = Ports.free();
        Config.Address address = new Config.Address("127.0.0.1", port, "https://gateway.example");
        Config config = new Config.Draft(address).done();
        try (KnockedGateway gateway = new KnockedGateway(data, config)) {
            String word =
                    JsonReader.readFields(Files.readAllBytes(data.resolve("operator.json")))
                            .text("word")
                            .orElseThrow();
            for (String host : List.of("127.0.0.1:" + port, "localhost:" + port)) {
                assertThat(ask(gateway, word, host, "")).as(host).startsWith("HTTP/1.1 200");
            }
            for (String host : List.of("gateway.example", "gateway.example:443", "evil.example")) {
                assertThat(ask(gateway, word, host, "")).as(host).startsWith("HTTP/1.1 403");
            }
            assertThat(get(gateway, "gateway.example"))
                    .as("the same name is good for what is everybody's")
                    .startsWith("HTTP/1.1 200");
            String own = "Origin: http://localhost:" + port + "\r\n";
            assertThat(ask(gateway, word, "localhost:" + port, own))
                    .as("no page is the operator's")
                    .startsWith("HTTP/1.1 403");
        }
    }

    private static String ask(KnockedGateway gateway, String word, String host, String more)
            throws Exception {
        String body = Value.Fields.EMPTY.json();
        return gateway.raw(
                "POST /operator/v1/agents/list HTTP/1.1\r\nHost: "
                        + host
                        + "\r\nAuthorization: Bearer "
                        + word
                        + "\r\n"
                        + more
                        + "Connection: close\r\nContent-Length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body);
    }

    private static String get(KnockedGateway gateway, String host) throws Exception {
        return gateway.raw(
                "GET /healthz HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    }
}
