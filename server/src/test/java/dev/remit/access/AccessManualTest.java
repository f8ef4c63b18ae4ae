package dev.remit.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.authority.KnockedGateway;
import dev.remit.call.JsonReader;
import dev.remit.call.Value;
import dev.remit.gateway.rig.FakeHttpServer;
import dev.remit.identity.DpopSigner;
import dev.remit.ledger.Event;
import dev.remit.main.Config;
import dev.remit.testkit.Ports;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manual's own example, at a gateway as it is run, in a shell. */
final class AccessManualTest {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef-of-the-edge";

    @Test
    void theManualsExampleIsAnsweredAsItSays(@TempDir Path data) throws Exception {
        try (FakeHttpServer server = new FakeHttpServer();
                KnockedGateway gateway =
                        new KnockedGateway(
                                data,
                                Config.usual()
                                        .on(Ports.free())
                                        .with(List.of(server.settings("mail", Map.of())))
                                        .withPoints(
                                                List.of(
                                                        new Point(
                                                                "edge",
                                                                Point.hash(TOKEN),
                                                                Set.of("mail")))))) {
            DpopSigner key =
                    new DpopSigner(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
            gateway.enrol(key, gateway.code("worker"));
            gateway.operator(
                    "mandates/new",
                    JsonReader.readFields(
                            """
                            {"agent":"%s","task":"write to Ada","lives":"PT1H",
                             "permissions":[{"tool":"mail.echo",
                               "arguments":{"to":{"exact":"ada@example.com"}}}]}"""
                                    .formatted(gateway.lastAgent())
                                    .getBytes(StandardCharsets.UTF_8)));
            Value.Fields told = curl(gateway, example());
            assertThat(told.get("decision")).as(told.json()).contains(Value.of(true));
            Event.Decided decided =
                    gateway.events().stream()
                            .filter(Event.Decided.class::isInstance)
                            .map(Event.Decided.class::cast)
                            .reduce((_, last) -> last)
                            .orElseThrow();
            assertThat(told.fields("context").orElseThrow().text("call"))
                    .contains(decided.call().text());
            assertThat(decided.binding().toString()).contains("edge");
            assertThat(
                            curl(gateway, example().replace("ada@", "eve@"))
                                    .fields("context")
                                    .orElseThrow()
                                    .text("reason"))
                    .contains("argument-not-permitted");
            assertThat(server.calls()).isEmpty();
            assertThat(metadata(gateway).text("policy_decision_point")).contains(gateway.issuer());
        }
    }

    private static Value.Fields metadata(KnockedGateway gateway) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return JsonReader.readFields(
                    http.send(
                                    HttpRequest.newBuilder(
                                                    URI.create(
                                                            gateway.issuer() + AccessEdge.METADATA))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofByteArray())
                            .body());
        }
    }

    private static String example() throws Exception {
        Matcher block =
                Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL)
                        .matcher(Files.readString(Path.of("../docs/reference/access.md")));
        assertThat(block.find()).isTrue();
        assertThat(block.group(1)).contains("mail.send");
        return block.group(1).replace("mail.send", "mail.echo");
    }

    private static Value.Fields curl(KnockedGateway gateway, String example) throws Exception {
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", example);
        shell.environment().put("GATEWAY", gateway.issuer());
        shell.environment().put("POINT_TOKEN", TOKEN);
        shell.environment().put("AGENT", gateway.lastAgent());
        Process curl = shell.redirectErrorStream(true).start();
        byte[] said = curl.getInputStream().readAllBytes();
        assertThat(curl.waitFor()).as(new String(said, StandardCharsets.UTF_8)).isZero();
        return JsonReader.readFields(said);
    }
}
