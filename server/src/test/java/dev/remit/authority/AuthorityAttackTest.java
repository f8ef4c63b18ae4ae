package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.identity.DpopSigner;
import dev.remit.main.Names;
import dev.remit.testkit.AttackCase;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is brought to the token endpoint in the place of an agent's own assertion and proof. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AuthorityAttackTest {
    private final KeyPair agentKeys = Forgeries.p256();
    private Siege siege = unset();
    private Forge forge = unset();
    private URI target = URI.create("http://unset");

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // set before every test
    private static <T> T unset() {
        return null;
    }

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        siege = new Siege(folder, new DpopSigner(agentKeys));
        forge = new Forge(siege);
        target = URI.create(siege.gateway.issuer() + "/oauth2/token");
    }

    @AfterAll
    void stop() {
        siege.close();
    }

    @TestFactory
    @AttackCase({
        "TOK-003",
        "TOK-004",
        "TOK-010",
        "TOK-016",
        "TOK-018",
        "TOK-019",
        "TOK-020",
        "TOK-021",
        "TOK-023",
        "TOK-024",
        "TOK-025",
        "OAUTH-030"
    })
    Stream<DynamicTest> assertionsThatAreNotTheAgents() {
        String used = signed(claims());
        assertThat(siege.gateway.token(used, siege.key).statusCode()).isEqualTo(200);
        String fresh = signed(claims());
        long now = Instant.now().getEpochSecond();
        String token = siege.token();
        Stream<DynamicTest> worthless =
                Signatures.worthless().stream()
                        .map(one -> refused("TOK-003", Forge.withSignature(fresh, one)));
        return Stream.concat(
                worthless,
                Stream.of(
                        refused("used before", used),
                        refused("TOK-004 used before, s mirrored", Signatures.mirrored(used)),
                        refused("TOK-025 stray bits", Signatures.withStrayBits(fresh)),
                        refused("TOK-025 padded", fresh + "=="),
                        refused("TOK-019 an access token", token),
                        refused("TOK-018 a proof", proof()),
                        refused("TOK-020 another aud", claim("aud", Value.of("https://x.example"))),
                        refused("TOK-020 no aud", claim("aud", new Value.Nothing())),
                        refused("TOK-020 aud with a slash", claim("aud", slash())),
                        refused("TOK-021 another iss", claim("iss", Value.of("ins_other"))),
                        refused("TOK-021 another sub", claim("sub", Value.of("ins_other"))),
                        refused("TOK-023 expired", claim("exp", Value.of(now - 1))),
                        refused("TOK-023 lives too long", claim("exp", Value.of(now + 3_600))),
                        refused("TOK-023 exp a text", claim("exp", Value.of("9999999999"))),
                        refused("TOK-023 no exp", claim("exp", new Value.Nothing())),
                        refused("TOK-023 from the future", claim("iat", Value.of(now + 300))),
                        refused("TOK-023 iat negative", claim("iat", Value.of(-1))),
                        refused("TOK-023 iat a text", claim("iat", Value.of("1"))),
                        refused("TOK-023 not before later", claim("nbf", Value.of(now + 300))),
                        refused("TOK-023 nbf a text", claim("nbf", Value.of("1"))),
                        refused("no jti", claim("jti", new Value.Nothing())),
                        refused(
                                "TOK-024 sub twice",
                                Forge.signed(
                                        "{\"alg\":\"ES256\"}",
                                        "{\"sub\":\"x\"," + claims().json().substring(1),
                                        agentKeys.getPrivate())),
                        refused(
                                "TOK-010 crit",
                                Forge.signed(
                                        "{\"alg\":\"ES256\",\"crit\":[\"x\"]}",
                                        claims().json(),
                                        agentKeys.getPrivate())),
                        refused("TOK-026 dots", "...."),
                        refused("nothing", "")));
    }

    @TestFactory
    @AttackCase({"DPOP-001", "DPOP-011", "DPOP-008", "DPOP-003", "DPOP-014"})
    Stream<DynamicTest> proofsAtTheTokenEndpoint() {
        String used = proof();
        assertThat(siege.gateway.send(request(signed(claims()), List.of(used))).statusCode())
                .isEqualTo(200);
        String elsewhere = siege.proof(Siege.Endpoint.ONE_UPSTREAM, "x");
        String foreign =
                siege.otherKey.proof(
                        "POST", target.toString(), Optional.empty(), Names.secret(), Instant.now());
        return Stream.of(
                unproven("DPOP-001 none", List.of(), "proof-missing"),
                unproven("DPOP-014 two", List.of(proof(), proof()), "proof-missing"),
                unproven("DPOP-003 used before", List.of(used), "proof-replayed"),
                unproven("DPOP-008 for a resource", List.of(elsewhere), "proof-request"),
                DynamicTest.dynamicTest(
                        "DPOP-011 another's key",
                        () ->
                                Refused.byAuthority(
                                        siege,
                                        request(signed(claims()), List.of(foreign)),
                                        "invalid_client",
                                        "assertion-refused")));
    }

    @Test
    @AttackCase("TOK-032")
    void whatAClientClaimsAboutItselfIsNotRepeated() throws MalformedJson {
        Value.Fields wishes = claims();
        Set<String> wished = Set.of("roles", "tenant", "act", "may_act", "cnf", "budget", "scope");
        for (String one : wished) {
            wishes = wishes.with(one, Value.of("everything"));
        }
        HttpResponse<String> answer = siege.gateway.send(request(signed(wishes), List.of(proof())));
        assertThat(answer.statusCode()).isEqualTo(200);
        String token = KnockedGateway.json(answer).text("access_token").orElseThrow();
        byte[] part = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
        Value.Fields claims = JsonReader.readFields(part);
        Set<String> both = new HashSet<>(claims.values().keySet());
        both.retainAll(wished);
        assertThat(both).containsExactly("cnf");
        assertThat(claims.fields("cnf").orElseThrow().text("jkt"))
                .contains(siege.key.publicKey().thumbprint().base64Url());
        assertThat(new String(part, StandardCharsets.UTF_8)).doesNotContain("everything");
    }

    @Test
    @AttackCase("TIMING-002")
    void whoIsEnrolledCannotBeFoundOut() {
        KeyPair other = Forgeries.p256();
        String known = Forge.signed("{\"alg\":\"ES256\"}", claims().json(), other.getPrivate());
        Value.Fields nobody =
                claims().with("iss", Value.of("ins_x")).with("sub", Value.of("ins_x"));
        String unknown = Forge.signed("{\"alg\":\"ES256\"}", nobody.json(), other.getPrivate());
        HttpResponse<String> one =
                Refused.byAuthority(
                        siege,
                        request(known, List.of(proof())),
                        "invalid_client",
                        "assertion-refused");
        HttpResponse<String> two =
                Refused.byAuthority(
                        siege,
                        request(unknown, List.of(proof())),
                        "invalid_client",
                        "assertion-refused");
        assertThat(one.body()).isEqualTo(two.body());
        assertThat(one.headers().map()).isEqualTo(two.headers().map());
    }

    private DynamicTest refused(String name, String assertion) {
        return DynamicTest.dynamicTest(
                name,
                () ->
                        Refused.byAuthority(
                                siege,
                                request(assertion, List.of(proof())),
                                "invalid_client",
                                "assertion-refused"));
    }

    private DynamicTest unproven(String name, List<String> proofs, String doubt) {
        return DynamicTest.dynamicTest(
                name,
                () ->
                        Refused.byAuthority(
                                siege,
                                request(signed(claims()), proofs),
                                "invalid_dpop_proof",
                                doubt));
    }

    private Value slash() {
        return Value.of(siege.gateway.issuer() + "/");
    }

    private String claim(String name, Value value) {
        return signed(claims().with(name, value));
    }

    private String signed(Value.Fields claims) {
        return Forge.signed(
                "{\"alg\":\"ES256\",\"typ\":\"JWT\"}", claims.json(), agentKeys.getPrivate());
    }

    private Value.Fields claims() {
        long now = Instant.now().getEpochSecond();
        return Value.object()
                .put("iss", siege.client)
                .put("sub", siege.client)
                .put("aud", forge.claims().text("iss").orElseThrow())
                .put("jti", Names.secret())
                .put("iat", now)
                .put("exp", now + 60)
                .build();
    }

    private String proof() {
        return siege.key.proof(
                "POST", target.toString(), Optional.empty(), Names.secret(), Instant.now());
    }

    private HttpRequest request(String assertion, List<String> proofs) {
        String type =
                URLEncoder.encode(
                        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                        StandardCharsets.UTF_8);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(target)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "grant_type=client_credentials&client_assertion_type="
                                                + type
                                                + "&client_assertion="
                                                + URLEncoder.encode(
                                                        assertion, StandardCharsets.UTF_8)));
        proofs.forEach(one -> request.header("DPoP", one));
        return request.build();
    }
}
