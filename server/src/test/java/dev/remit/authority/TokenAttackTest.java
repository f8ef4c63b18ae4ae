package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.identity.DpopSigner;
import dev.remit.identity.Jwk;
import dev.remit.identity.KeyUse;
import dev.remit.testkit.AttackCase;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Access tokens that are not what they seem, at every endpoint that asks for one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TokenAttackTest {
    private static final String LONGER = "a".repeat(40);

    private Siege siege = unset();
    private Forge forge = unset();
    private ServerSocket canary = unset();
    private String token = "";

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // set before every test
    private static <T> T unset() {
        return null;
    }

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        siege = new Siege(folder, new DpopSigner(Forgeries.p256()));
        forge = new Forge(siege);
        token = siege.token();
        canary = new ServerSocket(0);
    }

    @AfterAll
    void stop() throws IOException {
        canary.close();
        siege.close();
    }

    /** A token that must be worth nothing, and why it is. */
    private record Forged(String name, String token, String doubt) {}

    @TestFactory
    @AttackCase({"TOK-001", "TOK-002", "TOK-003", "TOK-005", "TOK-006", "TOK-007", "TOK-008"})
    Stream<DynamicTest> whatTheGatewayHasNotSigned() {
        return everywhere(unsigned());
    }

    @TestFactory
    @AttackCase({"TOK-009", "TOK-010", "TOK-011", "TOK-012", "TOK-013", "TOK-014", "TOK-025"})
    Stream<DynamicTest> formsThatAreNotRead() {
        return everywhere(forms());
    }

    @TestFactory
    @AttackCase({"TOK-018", "TOK-020", "TOK-021", "TOK-023", "TOK-024", "TOK-026", "KEYS-009"})
    Stream<DynamicTest> whatTheGatewaySignedForSomethingElse() {
        return everywhere(misused());
    }

    @Test
    @AttackCase({"TOK-001", "TOK-018", "TOK-020", "TOK-021", "TOK-023"})
    void itsOwnTokenMakesTheCall() {
        int before = siege.upstream.calls().size();
        for (Siege.Endpoint at :
                List.of(Siege.Endpoint.ALL_UPSTREAMS, Siege.Endpoint.ONE_UPSTREAM)) {
            assertThat(siege.call(at, token, siege.proof(at, token)).statusCode()).isEqualTo(200);
            String same = forge.byGateway(forge.header(), forge.claims());
            assertThat(siege.call(at, same, siege.proof(at, same)).statusCode())
                    .as("what the forger makes is good but for what it changes")
                    .isEqualTo(200);
        }
        assertThat(siege.upstream.calls()).hasSize(before + 4);
    }

    @Test
    @AttackCase({"TOK-006", "TOK-009"})
    void noAddressInATokenIsVisited() throws IOException {
        canary.setSoTimeout(300);
        for (Forged one : unsigned()) {
            siege.call(Siege.Endpoint.ONE_UPSTREAM, one.token(), "x");
        }
        org.assertj.core.api.Assertions.assertThatThrownBy(canary::accept)
                .isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    @AttackCase("TOK-027")
    void headersThatAreTooLongAreNotRead() throws IOException {
        int records = siege.gateway.events().size();
        String request =
                "POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:"
                        + siege.gateway.port()
                        + "\r\nAuthorization: DPoP "
                        + "a".repeat(1 << 20)
                        + "\r\nContent-Length: 0\r\n\r\n";
        try {
            assertThat(siege.gateway.raw(request)).startsWith("HTTP/1.1 431");
        } catch (SocketException e) {
            // it hung up on the rest of the header before its answer was read
        }
        assertThat(siege.gateway.events()).as("nobody asked who it is").hasSize(records);
    }

    private Stream<DynamicTest> everywhere(List<Forged> forged) {
        return forged.stream()
                .flatMap(
                        one ->
                                Stream.of(Siege.Endpoint.values())
                                        .filter(at -> isNeeded(one, at))
                                        .map(at -> test(one, at)));
    }

    /** A doubt has so many records a minute; all tokens meet one endpoint, some meet all. */
    private static boolean isNeeded(Forged one, Siege.Endpoint at) {
        return at == Siege.Endpoint.ONE_UPSTREAM || one.name().endsWith("*");
    }

    private DynamicTest test(Forged one, Siege.Endpoint at) {
        return DynamicTest.dynamicTest(
                one.name() + " at " + at,
                () ->
                        Refused.at(
                                siege,
                                siege.request(
                                        at,
                                        List.of("DPoP " + one.token()),
                                        List.of(siege.proof(at, one.token()))),
                                one.doubt()));
    }

    private List<Forged> unsigned() {
        List<Forged> all = new ArrayList<>();
        String doubt = "token-signature";
        for (String alg : List.of("none", "None", "NONE", "nOnE", "none ", "")) {
            Value.Fields header = forge.header().with("alg", Value.of(alg));
            String compact = Forge.encode(header.json()) + "." + claimsPart() + ".";
            all.add(new Forged("TOK-001 alg `" + alg + "`*", compact, doubt));
            all.add(new Forged("TOK-001 signed, alg `" + alg + "`", header(header), doubt));
        }
        byte[] der = forge.gatewayKey.getPublic().getEncoded();
        String pem =
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getEncoder().encodeToString(der)
                        + "\n-----END PUBLIC KEY-----\n";
        String jwk = Jwk.of(forge.gatewayKey.getPublic()).members().json();
        all.add(new Forged("TOK-002 keyed with DER*", forge.sealed(der), doubt));
        all.add(new Forged("TOK-002 keyed with PEM", forge.sealed(bytes(pem)), doubt));
        all.add(new Forged("TOK-002 keyed with the JWK", forge.sealed(bytes(jwk)), doubt));
        all.add(new Forged("TOK-007 keyed with a zero", forge.sealed(new byte[1]), doubt));
        for (byte[] signature : Signatures.worthless()) {
            for (String alg : List.of("ES256", "EdDSA")) {
                String text = header(forge.header().with("alg", Value.of(alg)));
                String compact = Forge.withSignature(text, signature);
                all.add(new Forged("TOK-003 " + alg + " " + signature.length, compact, doubt));
            }
        }
        String there = "http://127.0.0.1:" + canary.getLocalPort() + "/jwks";
        String own = forge.byStranger(forge.header());
        all.add(new Forged("TOK-005 signed by a stranger*", own, doubt));
        all.add(stranger("TOK-005 jwk", "jwk", siege.otherKey.publicKey().members()));
        all.add(stranger("TOK-006 jku", "jku", Value.of(there)));
        all.add(stranger("TOK-006 x5u", "x5u", Value.of(there)));
        all.add(stranger("TOK-009 x5c", "x5c", Value.ofTexts(List.of("MIIB" + LONGER))));
        for (String kid :
                List.of(
                        "../../../../dev/null",
                        "..\\..\\x",
                        "x' UNION SELECT 'AAAA",
                        "|id",
                        "a\0b",
                        "k".repeat(4_000))) {
            all.add(stranger("TOK-007 TOK-008 kid", "kid", Value.of(kid)));
        }
        return all;
    }

    private Forged stranger(String name, String member, Value value) {
        return new Forged(
                name, forge.byStranger(forge.header().with(member, value)), "token-signature");
    }

    private List<Forged> forms() {
        List<Forged> all = new ArrayList<>();
        String doubt = "token-malformed";
        Value.Fields header = forge.header();
        for (Value crit :
                List.of(
                        Value.ofTexts(List.of("x")),
                        Value.ofTexts(List.of("exp")),
                        Value.ofTexts(List.of()))) {
            Value.Fields critical = header.with("crit", crit);
            all.add(new Forged("TOK-010 crit*", header(critical), doubt));
            all.add(new Forged("TOK-010 crit", header(critical.with("x", crit)), doubt));
        }
        Value.Fields plain = header.with("b64", new Value.Flag(false));
        all.add(new Forged("TOK-011 b64", header(plain), doubt));
        for (String jwe :
                List.of(
                        "{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"cty\":\"JWT\"}",
                        "{\"alg\":\"RSA1_5\",\"enc\":\"A256GCM\"}",
                        "{\"alg\":\"PBES2-HS256+A128KW\",\"p2c\":2147483647,\"enc\":\"A256GCM\"}",
                        "{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"zip\":\"DEF\"}")) {
            String compact = Forge.encode(jwe) + ".." + LONGER + "." + claimsPart() + "." + LONGER;
            all.add(new Forged("TOK-012 TOK-013 TOK-014 JWE*", compact, doubt));
        }
        String[] parts = token.split("\\.", -1);
        String join = parts[1] + "." + parts[2];
        all.add(new Forged("TOK-025 padded", parts[0] + "=." + join, doubt));
        all.add(new Forged("TOK-025 other alphabet", parts[0] + "+/." + join, doubt));
        all.add(new Forged("TOK-025 a blank inside", parts[0] + " ." + join, doubt));
        all.add(new Forged("TOK-025 padded end", token + "==", "token-signature"));
        all.add(
                new Forged(
                        "TOK-025 stray bits", Signatures.withStrayBits(token), "token-signature"));
        for (String shape : List.of("a.b", "a..c", "....", ".", "a", ".".repeat(10_000))) {
            all.add(new Forged("TOK-026 parts", shape, doubt));
        }
        all.add(new Forged("TOK-008 a huge kid", huge(), doubt));
        return all;
    }

    private String huge() {
        return forge.byStranger(forge.header().with("kid", Value.of("k".repeat(9_000))));
    }

    private List<Forged> misused() {
        List<Forged> all = new ArrayList<>();
        String purpose = "token-purpose";
        for (String typ :
                List.of(
                        "JWT",
                        "dpop+jwt",
                        "logout+jwt",
                        "secevent+jwt",
                        "vc+sd-jwt",
                        "rt+jwt",
                        "AT+JWT",
                        "application/at+jwt")) {
            String compact = header(forge.header().with("typ", Value.of(typ)));
            all.add(new Forged("TOK-018 typ " + typ + "*", compact, purpose));
        }
        Siege.Endpoint at = Siege.Endpoint.ONE_UPSTREAM;
        all.add(new Forged("TOK-018 a proof", siege.proof(at, token), "token-signature"));
        all.add(new Forged("TOK-018 an assertion*", siege.assertion(), "token-signature"));
        String issuer = siege.gateway.issuer();
        for (String to :
                List.of(
                        issuer + ".evil",
                        issuer + "/",
                        issuer + "/mcp/des",
                        issuer + "/mcp/desk.evil",
                        issuer.replace("http://", "HTTP://"),
                        issuer.replace("127.0.0.1", "localhost"),
                        "")) {
            all.add(claim("TOK-020 aud " + to, "aud", Value.of(to), purpose));
            all.add(claim("TOK-021 iss " + to, "iss", Value.of(to), purpose));
        }
        all.add(claim("TOK-020 aud a list", "aud", Value.ofTexts(List.of("other")), purpose));
        all.add(claim("TOK-020 aud a list*", "aud", Value.ofTexts(List.of(issuer)), purpose));
        all.add(claim("TOK-020 no aud", "aud", new Value.Nothing(), purpose));
        dates(all);
        String doubled = "{\"sub\":\"" + siege.agent + "\"," + forge.claims().json().substring(1);
        all.add(new Forged("TOK-024 sub twice*", raw(doubled), "token-malformed"));
        PrivateKey log = Forge.key(siege.gateway.data(), KeyUse.LOG).getPrivate();
        String byLog = Forge.signed(forge.header().json(), forge.claims().json(), log);
        all.add(new Forged("KEYS-009 the log's key", byLog, "token-signature"));
        return all;
    }

    private void dates(List<Forged> all) {
        long now = Instant.now().getEpochSecond();
        String expired = "token-expired";
        all.add(claim("TOK-023 expired*", "exp", Value.of(now - 1), expired));
        all.add(claim("TOK-023 before 1970", "exp", Value.of(-5), expired));
        all.add(claim("TOK-023 lives too long", "exp", Value.of(now + 3_600), expired));
        all.add(claim("TOK-023 the year 2038", "exp", Value.of(1L << 31), expired));
        all.add(claim("TOK-023 from the future", "iat", Value.of(now + 90), expired));
        String malformed = "token-malformed";
        all.add(claim("TOK-023 a text", "exp", Value.of("9999999999"), malformed));
        all.add(claim("TOK-023 no exp*", "exp", new Value.Nothing(), malformed));
        Value half = new Value.Num(new BigDecimal(now + 30).add(new BigDecimal("0.5")));
        all.add(claim("TOK-023 a fraction", "exp", half, malformed));
        String endless = forge.claims().json().replaceFirst("\"exp\":\\d+", "\"exp\":1e400");
        all.add(new Forged("TOK-023 1e400", raw(endless), malformed));
        String purpose = "token-purpose";
        all.add(claim("TOK-023 not yet", "nbf", Value.of(now + 90), purpose));
    }

    private Forged claim(String name, String claim, Value value, String doubt) {
        Value.Fields claims = forge.claims().with(claim, value);
        return new Forged(name, forge.byGateway(forge.header(), claims), doubt);
    }

    private String header(Value.Fields header) {
        return forge.byGateway(header, forge.claims());
    }

    private String raw(String claims) {
        return Forge.signed(forge.header().json(), claims, forge.gatewayKey.getPrivate());
    }

    private String claimsPart() {
        return Forge.encode(forge.claims().json());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
