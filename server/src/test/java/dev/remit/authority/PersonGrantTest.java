package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.identity.DpopSigner;
import dev.remit.identity.ExternalIdentity;
import dev.remit.identity.Jws;
import dev.remit.identity.KeyUse;
import dev.remit.identity.PersonId;
import dev.remit.ledger.Event;
import dev.remit.ledger.Ledger;
import dev.remit.ledger.Receipt;
import dev.remit.main.Config;
import dev.remit.main.Names;
import dev.remit.passport.AssertionIssuer;
import dev.remit.passport.KeySource;
import dev.remit.store.EmbeddedStore;
import dev.remit.store.LogKeys;
import dev.remit.testkit.AttackCase;
import dev.remit.testkit.Ports;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A provider's word that a person uses a client, and what can be wrong with it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PersonGrantTest {
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    private OutsideIssuer provider = unset();
    private Siege siege = unset();
    private Crew crew = unset();

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // set before every test
    private static <T> T unset() {
        return null;
    }

    @BeforeAll
    void start(@TempDir Path data) throws IOException {
        provider = new OutsideIssuer();
        Config plain = Config.usual().on(Ports.free());
        AssertionIssuer terms =
                new AssertionIssuer(
                        provider.name(),
                        new KeySource.AtUrl(provider.jwks()),
                        plain.publicUrl(),
                        new AssertionIssuer.People());
        Config config = plain.withAssertions(List.of(terms)).trusting(List.of(provider.origin()));
        DpopSigner key = new DpopSigner(Forgeries.p256());
        siege = new Siege(data, config, InstantSource.system(), key);
        PersonId ada = new PersonId(operator());
        siege.close();
        bind(data, ada, provider);
        siege = new Siege(data, config, InstantSource.system(), key);
        crew = new Crew(siege);
    }

    /** As if she had signed in by the provider. */
    static void bind(Path data, PersonId ada, OutsideIssuer provider) {
        LogKeys log = new LogKeys(Forge.key(data, KeyUse.LOG));
        try (EmbeddedStore store =
                EmbeddedStore.open(data, log, "not new", InstantSource.system(), "test")) {
            ExternalIdentity external = new ExternalIdentity(provider.name(), "ada");
            assertThat(
                            new Ledger(store, () -> new byte[16])
                                    .append(
                                            new Event.IdentityBound(ada, external, "test"),
                                            Instant.now()))
                    .isInstanceOf(Receipt.class);
        }
    }

    private String operator() {
        return ((Value.Fields) siege.gateway.operatorList("people/list").getFirst())
                .text("person")
                .orElseThrow();
    }

    @AfterAll
    void stop() {
        siege.close();
        provider.close();
    }

    private Value.Fields claims() {
        long now = Instant.now().getEpochSecond();
        return Value.object()
                .put("iss", provider.name())
                .put("sub", "ada")
                .put("aud", siege.gateway.issuer())
                .put("client_id", siege.agent)
                .put("resource", siege.gateway.issuer() + "/mcp/desk")
                .put("scope", "whatever")
                .put("jti", Names.secret())
                .put("iat", now)
                .put("exp", now + 300)
                .build();
    }

    private String says(String type, Value.Fields claims) {
        return OutsideIssuer.signed(
                provider.curve, "ES256", Value.object().put("typ", type).build(), claims);
    }

    private Map<String, String> form(Crew.Member by, String statement) {
        Map<String, String> form = crew.authenticated(by);
        form.put("grant_type", GRANT);
        form.put("assertion", statement);
        return form;
    }

    private void refused(Crew.Member by, String statement, String doubt) {
        Refused.byAuthority(siege, crew.request(by, form(by, statement)), "invalid_grant", doubt);
    }

    @Test
    @AttackCase("XCHG-017")
    void theTokenIsForThePersonAndUnderThatPersonsMandateAlone() {
        HttpResponse<String> answer =
                crew.send(crew.worker, form(crew.worker, says("oauth-id-jag+jwt", claims())));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        String token = Crew.token(answer);
        Value.Fields said = Jws.read(token).orElseThrow().claims();
        assertThat(said.text("sub")).contains(operator());
        assertThat(said.fields("act").orElseThrow().text("sub")).contains(siege.agent);
        assertThat(said.text("aud")).contains(siege.gateway.issuer() + "/mcp/desk");
        assertThat(crew.calls(crew.worker, token, "echo")).isTrue();

        Crew.Member other = crew.join("no task");
        Value.Fields others = claims().with("client_id", Value.of(other.client()));
        String empty = Crew.token(crew.send(other, form(other, says("oauth-id-jag+jwt", others))));
        assertThat(crew.calls(other, empty, "echo")).as("for want of a mandate").isFalse();
    }

    @Test
    @AttackCase("XCHG-017")
    void itIsUsedOnce() {
        String statement = says("oauth-id-jag+jwt", claims());
        assertThat(crew.send(crew.worker, form(crew.worker, statement)).statusCode())
                .isEqualTo(200);
        refused(crew.worker, statement, "outside-replayed");
    }

    @TestFactory
    @AttackCase("XCHG-017")
    Stream<DynamicTest> whatItMustSay() {
        String own = siege.gateway.issuer();
        String purpose = "outside-purpose";
        return Stream.of(
                        new String[][] {
                            {"iss", "https://other.example", "outside-issuer"},
                            {"aud", "https://other.example", purpose},
                            {"aud", own + "/oauth2/token", purpose},
                            {"client_id", "ins_other", purpose},
                            {"resource", "https://other.example/mcp", purpose},
                            {"resource", own + ".evil/mcp", purpose},
                            {"resource", "", purpose},
                            {"jti", "", purpose},
                            {"sub", "eve", "outside-subject"}
                        })
                .map(
                        one ->
                                DynamicTest.dynamicTest(
                                        one[0] + " = " + one[1],
                                        () ->
                                                refused(
                                                        crew.worker,
                                                        says(
                                                                "oauth-id-jag+jwt",
                                                                claims().with(
                                                                                one[0],
                                                                                Value.of(one[1]))),
                                                        one[2])));
    }

    @Test
    @AttackCase("XCHG-017")
    void itIsOfItsKindAndFresh() {
        long now = Instant.now().getEpochSecond();
        refused(crew.worker, says("JWT", claims()), "outside-purpose");
        refused(crew.worker, says("at+jwt", claims()), "outside-purpose");
        Value.Fields old = claims().with("iat", Value.of(now - 90));
        refused(crew.worker, says("oauth-id-jag+jwt", old), "outside-expired");
        Value.Fields expired = claims().with("exp", Value.of(now - 1));
        refused(crew.worker, says("oauth-id-jag+jwt", expired), "outside-expired");
        String unsigned = Forgeries.withoutAlgorithm(says("oauth-id-jag+jwt", claims()));
        refused(crew.worker, unsigned, "outside-signature");
        DpopSigner nobody = new DpopSigner(Forgeries.ed25519());
        Refused.byAuthority(
                siege,
                crew.request(
                        nobody,
                        PublishedClient.form(
                                Map.of(
                                        "grant_type",
                                        GRANT,
                                        "assertion",
                                        says("oauth-id-jag+jwt", claims())))),
                "invalid_grant",
                "outside-issuer");
    }
}
