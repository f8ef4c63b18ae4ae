package dev.remit.giving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.authority.KnockedGateway;
import dev.remit.call.Value;
import dev.remit.gateway.rig.FakeProgram;
import dev.remit.identity.DpopSigner;
import dev.remit.identity.MandateId;
import dev.remit.ledger.Event;
import dev.remit.ledger.audit.MandateTrail;
import dev.remit.main.Config;
import dev.remit.main.Names;
import dev.remit.people.Visitor;
import dev.remit.store.Archive;
import dev.remit.store.Verification;
import dev.remit.testkit.Ports;
import dev.remit.testkit.SoftPasskey;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole gateway: given on its page by a passkey, verified from its folder, there after a start.
 */
final class SignedOnRecordTest {
    private static final Pattern TO_SIGN = Pattern.compile("data-request=\"([^\"]+)\"");

    private static final String LIST =
            """
            {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{\
            "io.modelcontextprotocol/protocolVersion":"2026-07-28",\
            "io.modelcontextprotocol/clientInfo":{"name":"t","version":"1"},\
            "io.modelcontextprotocol/clientCapabilities":{}}}}""";

    @TempDir Path data = Path.of("");

    @Test
    void whatWasGivenOnThePageIsVerifiedFromTheFolder() throws Exception {
        Config config = Config.usual().on(Ports.free()).with(List.of(FakeProgram.settings("fake")));
        MandateId id;
        try (KnockedGateway gateway = new KnockedGateway(data, config)) {
            look(gateway);
            Visitor visitor = new Visitor(gateway);
            SoftPasskey passkey = new SoftPasskey();
            String link = gateway.server().firstSignIn().orElseThrow().toString();
            assertThat(visitor.welcome(link, passkey).statusCode()).isEqualTo(200);
            id = give(visitor, passkey);
            assertThat(visitor.get("/mandates").body()).contains("/mandates/" + id, "active");
            assertThat(gateway.events())
                    .anyMatch(
                            event ->
                                    event instanceof Event.MandateGiven(var mandate, var signed)
                                            && mandate.id().equals(id)
                                            && signed.isPresent());
        }
        assertThat(Verification.of(data, Optional.empty()).isSound()).isTrue();
        MandateTrail trail = new MandateTrail(id, config.peoplesOrigin());
        Archive.of(data.resolve("ledger"))
                .read(
                        0,
                        entry -> {
                            trail.observe(entry);
                            return true;
                        });
        assertThat(trail.given().orElseThrow().approval())
                .isInstanceOf(MandateTrail.Approval.Signed.class);
        try (KnockedGateway again = new KnockedGateway(data, config)) {
            assertThat(again.operatorList("mandates/list")).hasSize(2);
        }
    }

    /** Tools are known from when an agent first looks at them. */
    private static void look(KnockedGateway gateway) throws Exception {
        DpopSigner key = new DpopSigner(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        String client = gateway.enrol(key, gateway.code("worker")).text("client_id").orElseThrow();
        gateway.operator(
                "mandates/new",
                Value.object()
                        .put("task", "look")
                        .put("agent", "worker")
                        .put(
                                "permissions",
                                new Value.Items(
                                        List.of(Value.object().put("tool", "fake.*").build())))
                        .put("lives", "PT1H")
                        .build());
        String assertion = key.assertion(client, gateway.issuer(), Names.secret(), Instant.now());
        String token =
                KnockedGateway.json(gateway.token(assertion, key))
                        .text("access_token")
                        .orElseThrow();
        HttpRequest.Builder list =
                HttpRequest.newBuilder(URI.create(gateway.issuer() + "/mcp"))
                        .header("Authorization", "DPoP " + token)
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json, text/event-stream")
                        .header("MCP-Protocol-Version", "2026-07-28")
                        .header("Mcp-Method", "tools/list")
                        .POST(HttpRequest.BodyPublishers.ofString(LIST));
        gateway.proof(key, Optional.of(token)).forEach(proof -> list.header("DPoP", proof));
        HttpResponse<String> listed = gateway.send(list.build());
        assertThat(listed.body()).contains("fake__echo");
    }

    private static MandateId give(Visitor visitor, SoftPasskey passkey) {
        String word = visitor.form();
        HttpResponse<String> card =
                visitor.postForm(
                        "/mandates/new",
                        "agent=worker&task=Echo+it&lives=PT1H&tool%3Afake.echo=yes&form=" + word);
        Matcher request = TO_SIGN.matcher(card.body());
        assertThat(request.find()).as(card.body()).isTrue();
        Value.Fields named = Value.object().put("request", request.group(1)).build();
        HttpResponse<String> asked =
                visitor.postJson("/mandates/challenge", named, "X-Remit-Form", word);
        HttpResponse<String> done =
                visitor.postJson(
                        "/mandates/passkey",
                        named.with(
                                "credential",
                                passkey.shown(Visitor.options(asked), visitor.honest())),
                        "X-Remit-Form",
                        word);
        assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
        String to = Visitor.json(done).text("to").orElseThrow();
        return new MandateId(to.substring("/mandates/".length()));
    }
}
