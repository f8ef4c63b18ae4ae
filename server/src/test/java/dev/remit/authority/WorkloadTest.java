package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.identity.DpopSigner;
import dev.remit.ledger.Event;
import dev.remit.main.Config;
import dev.remit.passport.AssertionIssuer;
import dev.remit.passport.KeySource;
import dev.remit.passport.SegmentPattern;
import dev.remit.testkit.AttackCase;
import dev.remit.testkit.Ports;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Instances that another issuer vouches for (RFC 7523), and statements that are not what they seem.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WorkloadTest {
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final String SUBJECT = "repo:org/app";

    private OutsideIssuer issuer = unset();
    private OutsideIssuer domain = unset();
    private Siege siege = unset();
    private Crew crew = unset();

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // set before every test
    private static <T> T unset() {
        return null;
    }

    @BeforeAll
    void start(@TempDir Path data) throws IOException {
        issuer = new OutsideIssuer();
        domain = new OutsideIssuer();
        Config plain = Config.usual().on(Ports.free());
        siege =
                new Siege(
                        data,
                        plain.withAssertions(
                                        List.of(
                                                terms(
                                                        plain.publicUrl(),
                                                        new KeySource.Discovered(issuer.name())),
                                                spiffe(plain.publicUrl())))
                                .trusting(List.of(issuer.origin(), domain.origin())),
                        InstantSource.system(),
                        new DpopSigner(Forgeries.p256()));
        crew = new Crew(siege);
    }

    private AssertionIssuer terms(String audience, KeySource keys) {
        return new AssertionIssuer(
                issuer.name(),
                keys,
                audience,
                new AssertionIssuer.Workloads(
                        List.of(
                                subject("repo:org/app", Optional.of("worker")),
                                subject("repo:org/*", Optional.empty()),
                                subject("repo:gone/app", Optional.of("nobody"))),
                        Map.of("email_verified", "true", "hd", "org.example"),
                        Duration.ofHours(1),
                        2));
    }

    private AssertionIssuer spiffe(String audience) {
        return new AssertionIssuer(
                "spiffe://prod.example",
                new KeySource.AtUrl(domain.jwks()),
                audience,
                new AssertionIssuer.Workloads(
                        List.of(
                                subject(
                                        "spiffe://prod.example/ns/*/sa/erp",
                                        Optional.of("worker"))),
                        Map.of(),
                        Duration.ofHours(1),
                        0));
    }

    private static AssertionIssuer.Subject subject(String pattern, Optional<String> agent) {
        return new AssertionIssuer.Subject(new SegmentPattern(pattern), agent);
    }

    @AfterAll
    void stop() {
        siege.close();
        issuer.close();
        domain.close();
    }

    private Value.Fields claims() {
        return claims(SUBJECT);
    }

    private Value.Fields claims(String subject) {
        return issuer.workload(subject, siege.gateway.issuer())
                .with("email_verified", Value.of(true))
                .with("hd", Value.of("org.example"));
    }

    private Map<String, String> form(String statement) {
        return Map.of("grant_type", GRANT, "assertion", statement);
    }

    private HttpResponse<String> ask(DpopSigner key, String statement) {
        return siege.gateway.send(crew.request(key, PublishedClient.form(form(statement))));
    }

    private void refused(String statement, String doubt) {
        Refused.byAuthority(
                siege,
                crew.request(
                        new DpopSigner(Forgeries.ed25519()), PublishedClient.form(form(statement))),
                "invalid_grant",
                doubt);
    }

    private static DpopSigner key() {
        return new DpopSigner(Forgeries.ed25519());
    }

    private Value.Fields ofPod(String uid, long madeAt) {
        Value pod = Value.object().put("uid", uid).build();
        return claims().with("iat", Value.of(madeAt))
                .with("kubernetes.io", Value.object().put("pod", pod).build());
    }

    @Test
    void anOlderStatementEnrolsNoKeyAfterANewerOne() {
        DpopSigner key = key();
        long now = Instant.now().getEpochSecond();
        String older = issuer.says(ofPod("one", now - 30));
        String newer = issuer.says(ofPod("one", now));
        String never = issuer.says(ofPod("one", now - 20));
        assertThat(ask(key, older).statusCode()).isEqualTo(200);
        assertThat(ask(key, newer).statusCode()).as("the twin").isEqualTo(200);
        assertThat(ask(key, newer).statusCode()).as("the same once more").isEqualTo(200);
        refused(older, "outside-expired");
        refused(never, "outside-expired");
        String sibling = issuer.says(ofPod("another", now - 10));
        assertThat(ask(key(), sibling).statusCode()).as("another copy").isEqualTo(200);
    }

    @Test
    @AttackCase({"TOK-028", "XCHG-018"})
    void aStatementEnrolsAKeyAndGivesATokenForItAtOnce() {
        DpopSigner key = key();
        String statement = issuer.says(claims());
        HttpResponse<String> answer = ask(key, statement);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(KnockedGateway.json(answer).get("issued_token_type")).isEmpty();
        Crew.Member member = new Crew.Member(siege.agent, "", key);
        assertThat(crew.calls(member, Crew.token(answer), "echo")).isTrue();

        String again = Crew.token(ask(key, statement));
        assertThat(crew.calls(member, again, "echo")).as("the same key may come again").isTrue();
        assertThat(siege.gateway.events())
                .filteredOn(Event.InstanceAdmitted.class::isInstance)
                .isNotEmpty();
    }

    @Test
    void itEnrolsWhereCodesAndPassportsDoToo() {
        DpopSigner key = key();
        HttpResponse<String> enrolled = siege.gateway.register(key, issuer.says(claims()), key);
        assertThat(enrolled.statusCode()).as(enrolled.body()).isEqualTo(201);
        assertThat(KnockedGateway.json(enrolled).text("software_id")).contains(siege.agent);
        String client = KnockedGateway.json(enrolled).text("client_id").orElseThrow();
        Crew.Member member = new Crew.Member(siege.agent, client, key);
        assertThat(crew.calls(member, crew.own(member), "echo")).isTrue();
        HttpResponse<String> bad =
                siege.gateway.register(key, issuer.says(claims("repo:evil/x")), key);
        assertThat(bad.statusCode()).isEqualTo(401);
    }

    @Test
    void aStolenStatementIsGoodForNoOtherKey() {
        String statement = issuer.says(claims());
        assertThat(ask(key(), statement).statusCode()).isEqualTo(200);
        refused(statement, "outside-replayed");
    }

    @Test
    void aSpiffeIdIsItsTrustDomains() {
        Value.Fields claims =
                domain.workload("spiffe://prod.example/ns/x/sa/erp", siege.gateway.issuer());
        Value.Fields svid = without(claims, "iss");
        assertThat(ask(key(), domain.says(svid)).statusCode()).isEqualTo(200);
        refused(issuer.says(svid.with("jti", Value.of("2"))), "outside-signature");
        refused(
                domain.says(svid.with("sub", Value.of("spiffe://prod.example.evil/ns/x/sa/erp"))),
                "outside-issuer");
        refused(
                domain.says(svid.with("sub", Value.of("spiffe://prod.example/ns/x/y/sa/erp"))),
                "outside-subject");
    }

    private static Value.Fields without(Value.Fields fields, String name) {
        Value.Building rest = Value.object();
        fields.values()
                .forEach(
                        (key, value) -> {
                            if (!key.equals(name)) {
                                rest.put(key, value);
                            }
                        });
        return rest.build();
    }

    private record Changed(String name, UnaryOperator<Value.Fields> change, String doubt) {}

    private static Changed claim(String name, Value value, String doubt) {
        return new Changed(name + " = " + value, claims -> claims.with(name, value), doubt);
    }

    @TestFactory
    @AttackCase({"TOK-033", "TOK-034", "XCHG-013", "XCHG-018"})
    Stream<DynamicTest> whatItMustSay() {
        long now = Instant.now().getEpochSecond();
        String own = siege.gateway.issuer();
        String subject = "outside-subject";
        return Stream.of(
                        claim("iss", Value.of(issuer.name() + "/"), "outside-issuer"),
                        claim("iss", Value.of(own), "outside-issuer"),
                        claim("aud", Value.of("https://other.example"), "outside-purpose"),
                        claim("aud", Value.ofTexts(List.of(own, "x")), "outside-purpose"),
                        claim("aud", Value.of(own + "/"), "outside-purpose"),
                        claim("exp", Value.of(now - 1), "outside-expired"),
                        claim("exp", Value.of("9999999999"), "outside-expired"),
                        claim("nbf", Value.of(now + 600), "outside-expired"),
                        claim("iat", Value.of(now + 600), "outside-expired"),
                        claim("sub", Value.of("repo:org-evil/x"), subject),
                        claim("sub", Value.of("repo:org/../x"), subject),
                        claim("sub", Value.of("repo:org/x/y"), subject),
                        claim("sub", Value.of("repo:org/"), subject),
                        claim("sub", Value.of("repo:org//x"), subject),
                        claim("sub", Value.of("repo:org/%2e%2e"), subject),
                        claim("sub", Value.of("x:repo:org/x"), subject),
                        claim("sub", Value.of("repo:gone/app"), subject),
                        claim("email_verified", Value.of(false), subject),
                        claim("email_verified", Value.of("yes"), subject),
                        claim("hd", Value.of("org.example.evil"), subject),
                        new Changed("no hd", claims -> without(claims, "hd"), subject),
                        new Changed("no exp", claims -> without(claims, "exp"), "outside-expired"),
                        new Changed("no aud", claims -> without(claims, "aud"), "outside-purpose"))
                .map(
                        one ->
                                DynamicTest.dynamicTest(
                                        one.name(),
                                        () ->
                                                refused(
                                                        issuer.says(one.change().apply(claims())),
                                                        one.doubt())));
    }

    @Test
    @AttackCase({"TOK-033", "TOK-034"})
    void whatItSaysOfOurThingsCountsForNothing() {
        Value.Fields claims =
                claims().with("mandate", Value.of("mdt_other"))
                        .with("client_id", Value.of("ins_other"))
                        .with("act", Value.object().put("sub", "agt_other").build())
                        .with("cnf", Value.object().put("jkt", "x").build());
        DpopSigner key = key();
        Value.Fields token =
                dev.remit.identity.Jws.read(Crew.token(ask(key, issuer.says(claims))))
                        .orElseThrow()
                        .claims();
        assertThat(token.text("sub")).contains(siege.agent);
        assertThat(token.get("mandate")).isEmpty();
        assertThat(token.get("act")).isEmpty();
        assertThat(token.fields("cnf").orElseThrow().text("jkt"))
                .contains(key.publicKey().thumbprint().base64Url());
        refused("{\"signed\":\"" + issuer.says(claims()) + "\"}", "outside-malformed");
    }

    @Test
    @AttackCase({"TOK-033", "XCHG-018"})
    void aSubjectWithoutAnAgentBecomesOneAndOnlySoMany() {
        assertThat(ask(key(), issuer.says(claims("repo:org/one"))).statusCode()).isEqualTo(200);
        assertThat(ask(key(), issuer.says(claims("repo:org/two"))).statusCode()).isEqualTo(200);
        assertThat(ask(key(), issuer.says(claims("repo:org/one"))).statusCode()).isEqualTo(200);
        refused(issuer.says(claims("repo:org/three")), "outside-subject");
    }

    @TestFactory
    @AttackCase({"TOK-015", "TOK-017", "KEYS-010"})
    Stream<DynamicTest> signaturesThatAreNotTheIssuers() {
        KeyPair other = Forgeries.p256();
        Value.Fields header = Value.object().put("kid", "a").build();
        Value.Fields jwt = header.with("typ", Value.of("JWT"));
        String good = issuer.says(claims());
        return Stream.of(
                        Map.entry("none", Forgeries.withoutAlgorithm(good)),
                        Map.entry(
                                "another key", OutsideIssuer.signed(other, "ES256", jwt, claims())),
                        Map.entry(
                                "the other algorithm",
                                OutsideIssuer.signed(issuer.rsa, "ES256", jwt, claims())),
                        Map.entry(
                                "a longer hash",
                                OutsideIssuer.signed(issuer.rsa, "RS512", jwt, claims())),
                        Map.entry(
                                "a shared secret",
                                OutsideIssuer.signed(issuer.rsa, "HS256", jwt, claims())))
                .map(
                        one ->
                                DynamicTest.dynamicTest(
                                        one.getKey(),
                                        () -> refused(one.getValue(), "outside-signature")));
    }

    @TestFactory
    Stream<DynamicTest> signedTextsOfOtherKinds() {
        return Stream.of("at+jwt", "dpop+jwt", "kb+jwt", "oauth-id-jag+jwt", "logout+jwt")
                .map(
                        type ->
                                DynamicTest.dynamicTest(
                                        type,
                                        () ->
                                                refused(
                                                        OutsideIssuer.signed(
                                                                issuer.rsa,
                                                                "RS256",
                                                                Value.object()
                                                                        .put("typ", type)
                                                                        .build(),
                                                                claims()),
                                                        "outside-purpose")));
    }

    @Test
    @AttackCase("XCHG-012")
    void anIssuerThatIsTakenOutTakesItsOwnAlong(@TempDir Path other) {
        DpopSigner worker = new DpopSigner(Forgeries.p256());
        DpopSigner key = key();
        Config plain = Config.usual().on(Ports.free());
        String token;
        String statement =
                issuer.says(
                        issuer.workload(SUBJECT, plain.publicUrl())
                                .with("email_verified", Value.of(true))
                                .with("hd", Value.of("org.example")));
        Config with =
                plain.withAssertions(
                        List.of(
                                terms(
                                        plain.publicUrl(),
                                        new KeySource.Written(
                                                OutsideIssuer.keys(
                                                        OutsideIssuer.jwk("a", issuer.rsa))))));
        try (Siege first = new Siege(other, with, InstantSource.system(), worker)) {
            Crew members = new Crew(first);
            HttpResponse<String> answer =
                    first.gateway.send(members.request(key, PublishedClient.form(form(statement))));
            token = Crew.token(answer);
            assertThat(members.calls(new Crew.Member("", "", key), token, "echo")).isTrue();
        }
        try (Siege second = new Siege(other, plain, InstantSource.system(), worker)) {
            Crew members = new Crew(second);
            assertThat(members.call(new Crew.Member("", "", key), token, "echo").statusCode())
                    .isEqualTo(401);
            Refused.byAuthority(
                    second,
                    members.request(key, PublishedClient.form(form(statement))),
                    "invalid_grant",
                    "outside-issuer");
        }
    }
}
