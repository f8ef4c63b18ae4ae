package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.gateway.upstream.UpstreamSettings;
import dev.remit.identity.DpopSigner;
import dev.remit.main.Names;
import dev.remit.testkit.AttackCase;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A good token with a proof that is not its own, at every endpoint that asks for one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ProofAttackTest {
    private final KeyPair agentKeys = Forgeries.p256();
    private Siege siege = unset();
    private String token = "";

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // set before every test
    private static <T> T unset() {
        return null;
    }

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        siege = new Siege(folder, new DpopSigner(agentKeys));
        token = siege.token();
    }

    @AfterAll
    void stop() {
        siege.close();
    }

    /** A header or claims of a proof that are changed, and why it is refused. */
    private record Changed(String name, Value.Fields header, Value.Fields claims, String doubt) {}

    @TestFactory
    @AttackCase({"DPOP-008", "DPOP-009", "DPOP-010", "DPOP-011", "DPOP-018", "DPOP-020"})
    Stream<DynamicTest> claimsOfAnotherRequest() {
        return Stream.of(Siege.Endpoint.values()).flatMap(at -> tests(at, claims(at)));
    }

    @TestFactory
    @AttackCase({"DPOP-012", "DPOP-013", "DPOP-016", "TOK-016"})
    Stream<DynamicTest> keysThatAreNotTaken() {
        Siege.Endpoint at = Siege.Endpoint.ONE_UPSTREAM;
        return tests(at, keys(at));
    }

    @TestFactory
    @AttackCase({"DPOP-001", "DPOP-014", "DPOP-011", "DPOP-003", "TOK-003", "TOK-004"})
    Stream<DynamicTest> proofsThatAreNotTheOne() {
        return Stream.of(Siege.Endpoint.values()).flatMap(this::others);
    }

    @Test
    @AttackCase({"DPOP-008", "DPOP-003"})
    void whatNamesTheSameAddressIsAccepted() {
        Siege.Endpoint at = Siege.Endpoint.ONE_UPSTREAM;
        String target = siege.target(at);
        int before = siege.upstream.calls().size();
        List<String> same =
                List.of(
                        target,
                        target + "?a=b",
                        target + "#part",
                        target.replace("http://", "HTTP://"),
                        target.replace("127.0.0.1", "LOCALHOST"));
        for (String htu : same) {
            Value.Fields claims = good(at).with("htu", Value.of(htu));
            assertThat(siege.call(at, token, proof(header(), claims)).statusCode())
                    .as(htu)
                    .isEqualTo(200);
        }
        assertThat(siege.upstream.calls()).hasSize(before + same.size());
    }

    @Test
    @AttackCase({"DPOP-003", "TOK-004"})
    void onceIsOnceHoweverTheSignatureIsWritten() {
        Siege.Endpoint at = Siege.Endpoint.ONE_UPSTREAM;
        int before = siege.upstream.calls().size();
        String used = proof(header(), good(at));
        assertThat(siege.call(at, token, used).statusCode()).isEqualTo(200);
        for (String again : List.of(used, Signatures.mirrored(used))) {
            Refused.at(
                    siege,
                    siege.request(at, List.of("DPoP " + token), List.of(again)),
                    "proof-replayed");
        }
        assertThat(siege.upstream.calls()).hasSize(before + 1);
    }

    private Stream<DynamicTest> others(Siege.Endpoint at) {
        String good = "DPoP " + token;
        String proof = proof(header(), good(at));
        String second = proof(header(), good(at));
        String foreign =
                siege.otherKey.proof(
                        at.method,
                        siege.target(at),
                        Optional.of(token),
                        Names.secret(),
                        Instant.now());
        Stream<DynamicTest> worthless =
                Signatures.worthless().stream()
                        .map(
                                signature ->
                                        sent(
                                                "TOK-003 a worthless signature",
                                                at,
                                                List.of(good),
                                                List.of(Forge.withSignature(proof, signature)),
                                                "proof-signature"));
        return Stream.concat(
                worthless,
                Stream.of(
                        sent("DPOP-001 no proof", at, List.of(good), List.of(), "proof-missing"),
                        sent(
                                "DPOP-001 as Bearer",
                                at,
                                List.of("Bearer " + token),
                                List.of(proof),
                                "token-scheme"),
                        sent(
                                "DPOP-001 as Bearer, no proof",
                                at,
                                List.of("Bearer " + token),
                                List.of(),
                                "token-scheme"),
                        sent(
                                "DPOP-001 as both",
                                at,
                                List.of(good, "Bearer " + token),
                                List.of(proof),
                                "token-scheme"),
                        sent(
                                "DPOP-014 two proofs",
                                at,
                                List.of(good),
                                List.of(proof, second),
                                "proof-missing"),
                        sent(
                                "DPOP-014 one twice",
                                at,
                                List.of(good),
                                List.of(proof, proof),
                                "proof-missing"),
                        sent(
                                "DPOP-014 two in one header",
                                at,
                                List.of(good),
                                List.of(proof + ", " + second),
                                "proof-malformed"),
                        sent(
                                "DPOP-011 another's key",
                                at,
                                List.of(good),
                                List.of(foreign),
                                "proof-key")));
    }

    private DynamicTest sent(
            String name,
            Siege.Endpoint at,
            List<String> authorizations,
            List<String> proofs,
            String doubt) {
        return DynamicTest.dynamicTest(
                name + " at " + at,
                () -> Refused.at(siege, siege.request(at, authorizations, proofs), doubt));
    }

    private Stream<DynamicTest> tests(Siege.Endpoint at, List<Changed> changed) {
        return changed.stream()
                .map(
                        one ->
                                sent(
                                        one.name(),
                                        at,
                                        List.of("DPoP " + token),
                                        List.of(proof(one.header(), one.claims())),
                                        one.doubt()));
    }

    private List<Changed> claims(Siege.Endpoint at) {
        String target = siege.target(at);
        String port = ":" + siege.gateway.port();
        List<Changed> all = new ArrayList<>();
        String request = "proof-request";
        String method = at.method.equals("GET") ? "POST" : "GET";
        all.add(claim(at, "DPOP-008 htm", "htm", Value.of(method), request));
        all.add(claim(at, "DPOP-008 htm in lower case", "htm", Value.of("post"), request));
        for (String htu :
                List.of(
                        target + "/x",
                        target + "/",
                        target.replace("/mcp", "/%6Dcp"),
                        target.replace("/mcp", "//mcp"),
                        target.replace("http://", "https://"),
                        target.replace(port, ":1"),
                        target.replace(port, ""),
                        target.replace("127.0.0.1", "evil.example"),
                        target.replace("127.0.0.1", "u@127.0.0.1"),
                        at.path,
                        "")) {
            all.add(claim(at, "DPOP-008 htu " + htu, "htu", Value.of(htu), request));
        }
        UpstreamSettings upstream = siege.upstream.settings("desk", Map.of());
        Value behind = Value.of(((UpstreamSettings.Http) upstream).url().toString());
        all.add(claim(at, "DPOP-009 htu of the upstream", "htu", behind, request));
        all.add(
                claim(
                        at,
                        "DPOP-010 another token",
                        "ath",
                        Value.of("x".repeat(43)),
                        "proof-token"));
        all.add(
                new Changed(
                        "DPOP-010 DPOP-018 for no token", header(), unbound(at), "proof-token"));
        long now = Instant.now().getEpochSecond();
        for (long iat : List.of(now + 300, now - 120, -1L, 1L << 53)) {
            all.add(claim(at, "DPOP-020 iat " + iat, "iat", Value.of(iat), "proof-time"));
        }
        return all;
    }

    private Changed claim(Siege.Endpoint at, String name, String claim, Value value, String doubt) {
        return new Changed(name, header(), good(at).with(claim, value), doubt);
    }

    private List<Changed> keys(Siege.Endpoint at) {
        List<Changed> all = new ArrayList<>();
        String malformed = "proof-malformed";
        Value.Fields jwk = siege.key.publicKey().members();
        for (String part : List.of("d", "p", "q", "k")) {
            all.add(key(at, "DPOP-012 " + part, jwk.with(part, Value.of("AAAA")), malformed));
        }
        for (String alg : List.of("none", "HS256", "RS1", "EdDSA", "ES384", "es256", "")) {
            Value.Fields header = header().with("alg", Value.of(alg));
            all.add(new Changed("DPOP-013 " + alg, header, good(at), "proof-signature"));
        }
        String x = jwk.text("x").orElseThrow();
        String stray = Signatures.withStrayBits(x);
        all.add(key(at, "DPOP-016 padded", jwk.with("x", Value.of(x + "=")), malformed));
        all.add(key(at, "DPOP-016 stray bits", jwk.with("x", Value.of(stray)), malformed));
        Value shorter = Value.of(Forge.encode(new byte[31]));
        all.add(key(at, "DPOP-016 a byte less", jwk.with("x", shorter), malformed));
        Value off = Value.of(Forge.encode(new byte[32]));
        all.add(key(at, "TOK-016 not on the curve", jwk.with("y", off), malformed));
        all.add(key(at, "TOK-016 P-192", jwk.with("crv", Value.of("P-192")), malformed));
        Value.Fields small =
                Value.object()
                        .put("kty", "OKP")
                        .put("crv", "Ed25519")
                        .put("x", Forge.encode(new byte[32]))
                        .build();
        Value.Fields edwards = header().with("jwk", small).with("alg", Value.of("EdDSA"));
        all.add(
                new Changed(
                        "TOK-016 a point of small order", edwards, good(at), "proof-signature"));
        all.add(new Changed("DPOP-013 no key", typed(), good(at), malformed));
        return all;
    }

    private Changed key(Siege.Endpoint at, String name, Value.Fields jwk, String doubt) {
        return new Changed(name, header().with("jwk", jwk), good(at), doubt);
    }

    private static Value.Fields typed() {
        return Value.object().put("typ", "dpop+jwt").put("alg", "ES256").build();
    }

    private Value.Fields header() {
        return typed().with("jwk", siege.key.publicKey().members());
    }

    private Value.Fields unbound(Siege.Endpoint at) {
        return Value.object()
                .put("jti", Names.secret())
                .put("htm", at.method)
                .put("htu", siege.target(at))
                .put("iat", Instant.now().getEpochSecond())
                .build();
    }

    private Value.Fields good(Siege.Endpoint at) {
        byte[] hash =
                dev.remit.call.Digest.of(token.getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                        .bytes();
        return unbound(at).with("ath", Value.of(Forge.encode(hash)));
    }

    private String proof(Value.Fields header, Value.Fields claims) {
        return Forge.signed(header.json(), claims.json(), agentKeys.getPrivate());
    }
}
