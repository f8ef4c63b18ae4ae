package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.identity.AccessToken;
import dev.remit.identity.AgentId;
import dev.remit.identity.DpopSigner;
import dev.remit.identity.InstanceId;
import dev.remit.identity.Jwk;
import dev.remit.ledger.Event;
import dev.remit.main.Config;
import dev.remit.main.Names;
import dev.remit.main.Server;
import dev.remit.store.Archive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole gateway, as somebody outside knocks at it: each knock, its answer, and its one record.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DoorTest {
    private static final String ASSERTION_TYPE =
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final String CALL =
            """
            {"jsonrpc":"2.0","id":1,"method":"server/discover","params":{"_meta":{\
            "io.modelcontextprotocol/protocolVersion":"2026-07-28",\
            "io.modelcontextprotocol/clientInfo":{"name":"t","version":"1"},\
            "io.modelcontextprotocol/clientCapabilities":{}}}}""";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final DpopSigner key = new DpopSigner(ed25519());
    private final DpopSigner otherKey = new DpopSigner(ed25519());
    private Path data = Path.of("");
    private Config config = Config.usual();
    private Server server = unset();
    private String client = "";
    private String agent = "";
    private String token = "";

    @SuppressWarnings("NullAway") // set before every test
    private static Server unset() {
        return null;
    }

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        data = folder;
        config = Config.usual().on(freePort());
        server = new Server(config, data, InstantSource.system());
        client = enrol(key, code("worker")).text("client_id").orElseThrow();
        token = json(token(assertion(key), key)).text("access_token").orElseThrow();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void whoeverHoldsTokenAndKeyIsKnown() {
        HttpResponse<String> answer = knock("DPoP " + token, proof(key, Optional.of(token)));
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void aP256KeyIsAsGood() {
        DpopSigner p256 = new DpopSigner(p256());
        String id = enrol(p256, code("p256")).text("client_id").orElseThrow();
        String assertion = p256.assertion(id, issuer(), Names.secret(), Instant.now());
        String bound = json(token(assertion, p256)).text("access_token").orElseThrow();
        assertThat(knock("DPoP " + bound, proof(p256, Optional.of(bound))).statusCode())
                .isEqualTo(200);
    }

    private record Knock(String name, String authorization, List<String> proofs, String doubt) {}

    @TestFactory
    Stream<DynamicTest> everyStrangerIsTurnedAwayAndWrittenDownOnce() {
        String good = "DPoP " + token;
        String used = proof(key, Optional.of(token)).getFirst();
        knock(good, List.of(used));
        Instant now = Instant.now();
        String target = issuer() + "/mcp";
        Optional<String> ath = Optional.of(token);
        return Stream.of(
                        new Knock("no token", "", proof(key, ath), "token-missing"),
                        new Knock("as bearer", "Bearer " + token, proof(key, ath), "token-scheme"),
                        new Knock("not a token", "DPoP abc", proof(key, ath), "token-malformed"),
                        new Knock(
                                "alg none",
                                "DPoP " + withoutAlgorithm(token),
                                proof(key, ath),
                                "token-signature"),
                        new Knock(
                                "claims changed",
                                "DPoP " + withOtherClaims(token),
                                proof(key, ath),
                                "token-signature"),
                        new Knock(
                                "signed by itself",
                                "DPoP " + selfMade(),
                                proof(key, Optional.of(selfMade())),
                                "token-signature"),
                        new Knock(
                                "an assertion as token",
                                "DPoP " + assertion(key),
                                proof(key, ath),
                                "token-signature"),
                        new Knock("no proof", good, List.of(), "proof-missing"),
                        new Knock(
                                "two proofs",
                                good,
                                List.of(proof(key, ath).getFirst(), proof(key, ath).getFirst()),
                                "proof-missing"),
                        new Knock("not a proof", good, List.of("a.b.c"), "proof-malformed"),
                        new Knock("the token as proof", good, List.of(token), "proof-malformed"),
                        new Knock(
                                "proof cut",
                                good,
                                List.of(cut(proof(key, ath).getFirst())),
                                "proof-signature"),
                        new Knock("another key", good, proof(otherKey, ath), "proof-key"),
                        new Knock(
                                "another method",
                                good,
                                List.of(key.proof("GET", target, ath, Names.secret(), now)),
                                "proof-request"),
                        new Knock(
                                "another path",
                                good,
                                List.of(key.proof("POST", target + "/x", ath, Names.secret(), now)),
                                "proof-request"),
                        new Knock(
                                "another host",
                                good,
                                List.of(
                                        key.proof(
                                                "POST",
                                                "http://evil.example/mcp",
                                                ath,
                                                Names.secret(),
                                                now)),
                                "proof-request"),
                        new Knock(
                                "too old",
                                good,
                                List.of(
                                        key.proof(
                                                "POST",
                                                target,
                                                ath,
                                                Names.secret(),
                                                now.minusSeconds(90))),
                                "proof-time"),
                        new Knock(
                                "from the future",
                                good,
                                List.of(
                                        key.proof(
                                                "POST",
                                                target,
                                                ath,
                                                Names.secret(),
                                                now.plusSeconds(90))),
                                "proof-time"),
                        new Knock(
                                "for no token", good, proof(key, Optional.empty()), "proof-token"),
                        new Knock(
                                "for another token",
                                good,
                                proof(key, Optional.of("x")),
                                "proof-token"),
                        new Knock("a second time", good, List.of(used), "proof-replayed"))
                .map(knock -> DynamicTest.dynamicTest(knock.name(), () -> isTurnedAway(knock)));
    }

    private void isTurnedAway(Knock knock) {
        List<Event> before = events();
        HttpResponse<String> answer = knock(knock.authorization(), knock.proofs());
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().allValues("WWW-Authenticate"))
                .anyMatch(one -> one.startsWith("DPoP "));
        List<Event> after = events();
        assertThat(after).hasSize(before.size() + 1);
        assertThat(after.getLast()).isInstanceOf(Event.StrangerRefused.class);
        assertThat(((Event.StrangerRefused) after.getLast()).doubt()).isEqualTo(knock.doubt());
        assertThat(answer.body()).doesNotContain(token);
    }

    @Test
    void aCodeEnrolsOnceAndOnlyTheKeyThatProvesItself() {
        String code = code("once");
        assertThat(register(key, code, otherKey).statusCode()).as("another's key").isEqualTo(400);
        assertThat(register(otherKey, code, otherKey).statusCode()).isEqualTo(201);
        assertThat(register(otherKey, code, otherKey).statusCode()).as("again").isEqualTo(401);
        assertThat(register(otherKey, "made-up", otherKey).statusCode()).isEqualTo(401);
    }

    @Test
    void tokensAreGivenToTheEnrolledKeyAlone() {
        String once = assertion(key);
        assertThat(token(once, key).statusCode()).isEqualTo(200);
        assertThat(token(once, key).statusCode()).as("assertion used again").isEqualTo(401);
        assertThat(token(assertion(otherKey), otherKey).statusCode())
                .as("another's signature")
                .isEqualTo(401);
        assertThat(token(assertion(key), otherKey).statusCode())
                .as("another's proof")
                .isEqualTo(401);
        String elsewhere =
                key.assertion(client, "https://other.example", Names.secret(), Instant.now());
        assertThat(token(elsewhere, key).statusCode()).as("for another server").isEqualTo(401);
        String old =
                key.assertion(client, issuer(), Names.secret(), Instant.now().minusSeconds(3_600));
        assertThat(token(old, key).statusCode()).as("an old one").isEqualTo(401);
    }

    @Test
    void aRevokedInstanceIsAStrangerAtOnce() {
        DpopSigner brief = new DpopSigner(ed25519());
        String id = enrol(brief, code("brief")).text("client_id").orElseThrow();
        String assertion = brief.assertion(id, issuer(), Names.secret(), Instant.now());
        String bound = json(token(assertion, brief)).text("access_token").orElseThrow();
        assertThat(knock("DPoP " + bound, proof(brief, Optional.of(bound))).statusCode())
                .isEqualTo(200);
        operator("instances/revoke", Value.object().put("instance", id).build());
        assertThat(knock("DPoP " + bound, proof(brief, Optional.of(bound))).statusCode())
                .isEqualTo(401);
        String again = brief.assertion(id, issuer(), Names.secret(), Instant.now());
        assertThat(token(again, brief).statusCode()).isEqualTo(401);
    }

    @Test
    void anAgentsTokenDoesNotOpenTheOperatorsDoor() {
        for (String authorization :
                List.of("DPoP " + token, "Bearer " + token, "Bearer ", "Bearer x")) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(issuer() + "/operator/v1/agents/list"))
                            .header("Authorization", authorization)
                            .header(
                                    "DPoP",
                                    key.proof(
                                            "POST",
                                            issuer() + "/operator/v1/agents/list",
                                            Optional.of(token),
                                            Names.secret(),
                                            Instant.now()))
                            .POST(HttpRequest.BodyPublishers.ofString("{}"))
                            .build();
            assertThat(send(request).statusCode()).as(authorization.substring(0, 4)).isEqualTo(401);
        }
    }

    @Test
    void aPageFromElsewhereReachesNothing() throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(issuer() + "/healthz"))
                        .header("Origin", "https://evil.example")
                        .build();
        assertThat(send(request).statusCode()).isEqualTo(403);
        assertThat(raw("GET /healthz HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403");
        assertThat(
                        raw(
                                "GET /healthz HTTP/1.1\r\nHost: localhost:"
                                        + config.port()
                                        + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void aSecondGatewayOnTheSameFolderIsRefused() {
        assertThat(
                        catchThrowable(
                                () ->
                                        new Server(
                                                Config.usual().on(freePort()),
                                                data,
                                                InstantSource.system())))
                .hasMessageContaining("another");
    }

    private String issuer() {
        return config.publicUrl();
    }

    private List<Event> events() {
        List<Event> events = new ArrayList<>();
        Archive.of(data).read(0, entry -> events.add(entry.event()));
        return events;
    }

    private HttpResponse<String> knock(String authorization, List<String> proofs) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(issuer() + "/mcp"))
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json, text/event-stream")
                        .header("MCP-Protocol-Version", "2026-07-28")
                        .header("Mcp-Method", "server/discover")
                        .POST(HttpRequest.BodyPublishers.ofString(CALL));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        proofs.forEach(proof -> request.header("DPoP", proof));
        return send(request.build());
    }

    private List<String> proof(DpopSigner signer, Optional<String> bound) {
        return List.of(
                signer.proof("POST", issuer() + "/mcp", bound, Names.secret(), Instant.now()));
    }

    private String assertion(DpopSigner signer) {
        return signer.assertion(client, issuer(), Names.secret(), Instant.now());
    }

    private HttpResponse<String> token(String assertion, DpopSigner prover) {
        String form =
                "grant_type=client_credentials&client_assertion_type="
                        + URLEncoder.encode(ASSERTION_TYPE, StandardCharsets.UTF_8)
                        + "&client_assertion="
                        + assertion;
        URI target = URI.create(issuer() + "/oauth2/token");
        return send(
                HttpRequest.newBuilder(target)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header(
                                "DPoP",
                                prover.proof(
                                        "POST",
                                        target.toString(),
                                        Optional.empty(),
                                        Names.secret(),
                                        Instant.now()))
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build());
    }

    private Value.Fields enrol(DpopSigner signer, String code) {
        return json(register(signer, code, signer));
    }

    private HttpResponse<String> register(DpopSigner offered, String code, DpopSigner prover) {
        URI target = URI.create(issuer() + "/oauth2/register");
        Value jwks =
                Value.object()
                        .put("keys", new Value.Items(List.of(offered.publicKey().members())))
                        .build();
        return send(
                HttpRequest.newBuilder(target)
                        .header("Authorization", "Bearer " + code)
                        .header(
                                "DPoP",
                                prover.proof(
                                        "POST",
                                        target.toString(),
                                        Optional.empty(),
                                        Names.secret(),
                                        Instant.now()))
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        Value.object().put("jwks", jwks).build().json()))
                        .build());
    }

    private String code(String name) {
        Value.Fields added = operator("agents/add", Value.object().put("name", name).build());
        agent = added.text("agent").orElseThrow();
        return added.text("code").orElseThrow();
    }

    private Value.Fields operator(String act, Value.Fields asked) {
        try {
            Value.Fields file =
                    JsonReader.readFields(Files.readAllBytes(data.resolve("operator.json")));
            return json(
                    send(
                            HttpRequest.newBuilder(URI.create(issuer() + "/operator/v1/" + act))
                                    .header(
                                            "Authorization",
                                            "Bearer " + file.text("word").orElseThrow())
                                    .POST(HttpRequest.BodyPublishers.ofString(asked.json()))
                                    .build()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MalformedJson e) {
            throw new IllegalStateException(e);
        }
    }

    private String selfMade() {
        AccessToken forged =
                new AccessToken(
                        issuer(),
                        new AgentId(agent),
                        new InstanceId(client),
                        Optional.empty(),
                        key.publicKey().thumbprint(),
                        "forged",
                        Instant.now(),
                        Instant.now().plusSeconds(60));
        KeyPair own = ed25519();
        return forged.sign(own.getPrivate(), Jwk.of(own.getPublic()));
    }

    private static String withoutAlgorithm(String token) {
        String[] parts = token.split("\\.", -1);
        String header = "{\"alg\":\"none\",\"typ\":\"at+jwt\"}";
        return Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(header.getBytes(StandardCharsets.UTF_8))
                + "."
                + parts[1]
                + ".";
    }

    private static String withOtherClaims(String token) {
        String[] parts = token.split("\\.", -1);
        String claims =
                new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                        .replace("\"exp\":1", "\"exp\":2");
        return parts[0]
                + "."
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + "."
                + parts[2];
    }

    private static String cut(String proof) {
        return proof.substring(0, proof.length() - 8) + "AAAAAAAA";
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String raw(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), config.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Value.Fields json(HttpResponse<String> answer) {
        try {
            return JsonReader.readFields(answer.body().getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJson e) {
            throw new IllegalStateException(answer.body(), e);
        }
    }

    private static KeyPair ed25519() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair p256() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
