package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

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
import dev.remit.testkit.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.time.InstantSource;
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

    private final DpopSigner key = new DpopSigner(Forgeries.ed25519());
    private final DpopSigner otherKey = new DpopSigner(Forgeries.ed25519());
    private KnockedGateway gateway = unset();
    private String client = "";
    private String token = "";

    @SuppressWarnings("NullAway") // set before every test
    private static KnockedGateway unset() {
        return null;
    }

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        gateway = new KnockedGateway(folder);
        client = gateway.enrol(key, gateway.code("worker")).text("client_id").orElseThrow();
        token =
                KnockedGateway.json(gateway.token(assertion(key), key))
                        .text("access_token")
                        .orElseThrow();
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @Test
    void whoeverHoldsTokenAndKeyIsKnown() {
        HttpResponse<String> answer =
                gateway.knock("DPoP " + token, gateway.proof(key, Optional.of(token)));
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void aP256KeyIsAsGood() {
        DpopSigner p256 = new DpopSigner(Forgeries.p256());
        String id = gateway.enrol(p256, gateway.code("p256")).text("client_id").orElseThrow();
        String assertion = p256.assertion(id, gateway.issuer(), Names.secret(), Instant.now());
        String bound =
                KnockedGateway.json(gateway.token(assertion, p256))
                        .text("access_token")
                        .orElseThrow();
        assertThat(
                        gateway.knock("DPoP " + bound, gateway.proof(p256, Optional.of(bound)))
                                .statusCode())
                .isEqualTo(200);
    }

    private record Knock(String name, String authorization, List<String> proofs, String doubt) {}

    @TestFactory
    Stream<DynamicTest> everyStrangerIsTurnedAwayAndWrittenDownOnce() {
        String good = "DPoP " + token;
        String used = gateway.proof(key, Optional.of(token)).getFirst();
        gateway.knock(good, List.of(used));
        Instant now = Instant.now();
        String target = gateway.issuer() + "/mcp";
        Optional<String> ath = Optional.of(token);
        return Stream.of(
                        new Knock("no token", "", gateway.proof(key, ath), "token-missing"),
                        new Knock(
                                "as bearer",
                                "Bearer " + token,
                                gateway.proof(key, ath),
                                "token-scheme"),
                        new Knock(
                                "not a token",
                                "DPoP abc",
                                gateway.proof(key, ath),
                                "token-malformed"),
                        new Knock(
                                "alg none",
                                "DPoP " + Forgeries.withoutAlgorithm(token),
                                gateway.proof(key, ath),
                                "token-signature"),
                        new Knock(
                                "claims changed",
                                "DPoP " + Forgeries.withOtherClaims(token),
                                gateway.proof(key, ath),
                                "token-signature"),
                        new Knock(
                                "signed by itself",
                                "DPoP " + selfMade(),
                                gateway.proof(key, Optional.of(selfMade())),
                                "token-signature"),
                        new Knock(
                                "an assertion as token",
                                "DPoP " + assertion(key),
                                gateway.proof(key, ath),
                                "token-signature"),
                        new Knock("no proof", good, List.of(), "proof-missing"),
                        new Knock(
                                "two proofs",
                                good,
                                List.of(
                                        gateway.proof(key, ath).getFirst(),
                                        gateway.proof(key, ath).getFirst()),
                                "proof-missing"),
                        new Knock("not a proof", good, List.of("a.b.c"), "proof-malformed"),
                        new Knock("the token as proof", good, List.of(token), "proof-malformed"),
                        new Knock(
                                "proof cut",
                                good,
                                List.of(Forgeries.cut(gateway.proof(key, ath).getFirst())),
                                "proof-signature"),
                        new Knock("another key", good, gateway.proof(otherKey, ath), "proof-key"),
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
                                "for no token",
                                good,
                                gateway.proof(key, Optional.empty()),
                                "proof-token"),
                        new Knock(
                                "for another token",
                                good,
                                gateway.proof(key, Optional.of("x")),
                                "proof-token"),
                        new Knock("a second time", good, List.of(used), "proof-replayed"))
                .map(knock -> DynamicTest.dynamicTest(knock.name(), () -> isTurnedAway(knock)));
    }

    private void isTurnedAway(Knock knock) {
        List<Event> before = gateway.events();
        HttpResponse<String> answer = gateway.knock(knock.authorization(), knock.proofs());
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().allValues("WWW-Authenticate"))
                .anyMatch(one -> one.startsWith("DPoP "));
        List<Event> after = gateway.events();
        assertThat(after).hasSize(before.size() + 1);
        assertThat(after.getLast()).isInstanceOf(Event.StrangerRefused.class);
        assertThat(((Event.StrangerRefused) after.getLast()).doubt()).isEqualTo(knock.doubt());
        assertThat(answer.body()).doesNotContain(token);
    }

    @Test
    void aCodeEnrolsOnceAndOnlyTheKeyThatProvesItself() {
        String code = gateway.code("once");
        assertThat(gateway.register(key, code, otherKey).statusCode())
                .as("another's key")
                .isEqualTo(400);
        assertThat(gateway.register(otherKey, code, otherKey).statusCode()).isEqualTo(201);
        assertThat(gateway.register(otherKey, code, otherKey).statusCode())
                .as("again")
                .isEqualTo(401);
        assertThat(gateway.register(otherKey, "made-up", otherKey).statusCode()).isEqualTo(401);
    }

    @Test
    void tokensAreGivenToTheEnrolledKeyAlone() {
        String once = assertion(key);
        assertThat(gateway.token(once, key).statusCode()).isEqualTo(200);
        assertThat(gateway.token(once, key).statusCode()).as("assertion used again").isEqualTo(401);
        assertThat(gateway.token(assertion(otherKey), otherKey).statusCode())
                .as("another's signature")
                .isEqualTo(401);
        assertThat(gateway.token(assertion(key), otherKey).statusCode())
                .as("another's proof")
                .isEqualTo(401);
        String elsewhere =
                key.assertion(client, "https://other.example", Names.secret(), Instant.now());
        assertThat(gateway.token(elsewhere, key).statusCode())
                .as("for another server")
                .isEqualTo(401);
        String old =
                key.assertion(
                        client,
                        gateway.issuer(),
                        Names.secret(),
                        Instant.now().minusSeconds(3_600));
        assertThat(gateway.token(old, key).statusCode()).as("an old one").isEqualTo(401);
    }

    @Test
    void aRevokedInstanceIsAStrangerAtOnce() {
        DpopSigner brief = new DpopSigner(Forgeries.ed25519());
        String id = gateway.enrol(brief, gateway.code("brief")).text("client_id").orElseThrow();
        String assertion = brief.assertion(id, gateway.issuer(), Names.secret(), Instant.now());
        String bound =
                KnockedGateway.json(gateway.token(assertion, brief))
                        .text("access_token")
                        .orElseThrow();
        assertThat(
                        gateway.knock("DPoP " + bound, gateway.proof(brief, Optional.of(bound)))
                                .statusCode())
                .isEqualTo(200);
        gateway.operator("instances/revoke", Value.object().put("instance", id).build());
        assertThat(
                        gateway.knock("DPoP " + bound, gateway.proof(brief, Optional.of(bound)))
                                .statusCode())
                .isEqualTo(401);
        String again = brief.assertion(id, gateway.issuer(), Names.secret(), Instant.now());
        assertThat(gateway.token(again, brief).statusCode()).isEqualTo(401);
    }

    @Test
    void anAgentsTokenDoesNotOpenTheOperatorsDoor() {
        for (String authorization :
                List.of("DPoP " + token, "Bearer " + token, "Bearer ", "Bearer x")) {
            HttpRequest request =
                    HttpRequest.newBuilder(
                                    URI.create(gateway.issuer() + "/operator/v1/agents/list"))
                            .header("Authorization", authorization)
                            .header(
                                    "DPoP",
                                    key.proof(
                                            "POST",
                                            gateway.issuer() + "/operator/v1/agents/list",
                                            Optional.of(token),
                                            Names.secret(),
                                            Instant.now()))
                            .POST(HttpRequest.BodyPublishers.ofString("{}"))
                            .build();
            assertThat(gateway.send(request).statusCode())
                    .as(authorization.substring(0, 4))
                    .isEqualTo(401);
        }
    }

    @Test
    void aPageFromElsewhereReachesNothing() throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(gateway.issuer() + "/healthz"))
                        .header("Origin", "https://evil.example")
                        .build();
        assertThat(gateway.send(request).statusCode()).isEqualTo(403);
        assertThat(
                        gateway.raw(
                                "GET /healthz HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403");
        assertThat(
                        gateway.raw(
                                "GET /healthz HTTP/1.1\r\nHost: localhost:"
                                        + gateway.port()
                                        + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void aSecondGatewayOnTheSameFolderIsRefused() {
        assertThat(
                        catchThrowable(
                                () ->
                                        new Server(
                                                Config.usual().on(Ports.free()),
                                                gateway.data(),
                                                InstantSource.system())))
                .hasMessageContaining("another");
    }

    private String assertion(DpopSigner signer) {
        return signer.assertion(client, gateway.issuer(), Names.secret(), Instant.now());
    }

    private String selfMade() {
        AccessToken forged =
                AccessToken.ofAgent(
                        gateway.issuer(),
                        new AgentId(gateway.lastAgent()),
                        new InstanceId(client),
                        Optional.empty(),
                        key.publicKey().thumbprint(),
                        "forged",
                        Instant.now(),
                        Instant.now().plusSeconds(60));
        KeyPair own = Forgeries.ed25519();
        return forged.sign(own.getPrivate(), Jwk.of(own.getPublic()));
    }
}
