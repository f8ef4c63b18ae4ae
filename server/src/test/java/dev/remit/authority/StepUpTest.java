package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.gate.Demands;
import dev.remit.gateway.rig.FakeHttpServer;
import dev.remit.gateway.upstream.UpstreamSettings;
import dev.remit.identity.Authentication;
import dev.remit.identity.Jws;
import dev.remit.identity.Role;
import dev.remit.identity.Secret;
import dev.remit.identity.SignInDemand;
import dev.remit.ledger.Event;
import dev.remit.main.Names;
import dev.remit.people.ProviderSettings;
import dev.remit.people.Visitor;
import dev.remit.testkit.FakeProvider;
import dev.remit.testkit.SoftPasskey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tool that asks for a stronger or later sign-in than the mandate goes back to (RFC 9470). */
final class StepUpTest {
    private static final String PASSKEY = Authentication.PHISHING_RESISTANT;
    private static final String OTP = "urn:acme:otp";
    private static final Duration LATELY = Duration.ofMinutes(5);
    private static final String CALL =
            """
            {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{\
            "name":"desk__echo","arguments":{},\
            "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
            "io.modelcontextprotocol/clientInfo":{"name":"t","version":"1"},\
            "io.modelcontextprotocol/clientCapabilities":{}}}}""";

    @TempDir Path data;
    private final FakeHttpServer upstream = new FakeHttpServer();
    private final FakeProvider provider = new FakeProvider();
    private final SoftPasskey passkey = new SoftPasskey();
    private Duration later = Duration.ZERO;
    private final InstantSource clock = () -> Instant.now().plus(later);
    private ConsentRig rig;
    private PublishedClient client;

    @BeforeEach
    void open() throws IOException {
        SignInDemand demand = new SignInDemand(List.of(PASSKEY, OTP), Optional.of(LATELY));
        UpstreamSettings.Http plain = (UpstreamSettings.Http) upstream.settings("desk", Map.of());
        UpstreamSettings desk =
                new UpstreamSettings.Http(
                        plain.name(),
                        plain.url(),
                        Map.of(),
                        plain.terms()
                                .with(
                                        new Demands.OfUpstream(
                                                SignInDemand.NONE, Map.of("echo", demand))));
        rig =
                ConsentRig.open(
                        data,
                        clock,
                        config -> config.with(List.of(desk)).withProviders(List.of(acme())),
                        passkey);
        client = rig.client();
    }

    @AfterEach
    void close() {
        rig.close();
        upstream.close();
        provider.close();
    }

    private ProviderSettings acme() {
        return new ProviderSettings(
                "acme",
                "Acme",
                URI.create(provider.issuer()),
                FakeProvider.CLIENT,
                Optional.of(new Secret(FakeProvider.SECRET)),
                List.of("openid"),
                List.of(OTP),
                "groups",
                Map.of("engineering", EnumSet.of(Role.PERSON)));
    }

    private static Map<String, String> with(Map<String, String> all, String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(all);
        more.put(name, value);
        return more;
    }

    private Map<String, String> asked() {
        return with(client.usual(), "authorization_details", BearerTest.WISH);
    }

    private Value.Fields tokens(HttpResponse<String> page) {
        return tokens(client.answer(page, "allow"), client);
    }

    private static Value.Fields tokens(HttpResponse<String> answer, PublishedClient client) {
        String code = PublishedClient.back(answer).getOrDefault("code", "");
        return KnockedGateway.json(client.token(client.byCode(code)));
    }

    private static Value.Fields claims(Value.Fields tokens) {
        return Jws.read(tokens.text("access_token").orElseThrow()).orElseThrow().claims();
    }

    private HttpResponse<String> call(Value.Fields tokens) {
        String token = tokens.text("access_token").orElseThrow();
        URI target = URI.create(rig.gateway().issuer() + "/mcp");
        return rig.gateway()
                .send(
                        HttpRequest.newBuilder(target)
                                .header("Content-Type", "application/json")
                                .header("Accept", "application/json, text/event-stream")
                                .header("MCP-Protocol-Version", "2026-07-28")
                                .header("Mcp-Method", "tools/call")
                                .header("Mcp-Name", "desk__echo")
                                .header("Authorization", "DPoP " + token)
                                .header(
                                        "DPoP",
                                        client.key.proof(
                                                "POST",
                                                target.toString(),
                                                Optional.of(token),
                                                Names.secret(),
                                                clock.instant()))
                                .POST(HttpRequest.BodyPublishers.ofString(CALL))
                                .build());
    }

    private void assertChallenged(Value.Fields tokens) {
        int sent = upstream.calls().size();
        long decided = decisions();
        HttpResponse<String> refused = call(tokens);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(401);
        assertThat(refused.headers().allValues("WWW-Authenticate"))
                .anySatisfy(
                        one ->
                                assertThat(one)
                                        .startsWith("DPoP ")
                                        .contains(
                                                "error=\"insufficient_user_authentication\"",
                                                "acr_values=\"phr urn:acme:otp\"",
                                                "max_age=\"300\""))
                .anySatisfy(one -> assertThat(one).contains("resource_metadata="));
        assertThat(refused.body())
                .contains("\"isError\":true", "step-up-needed", "by phr or urn:acme:otp");
        assertThat(upstream.calls()).hasSize(sent);
        assertThat(decisions()).isEqualTo(decided + 1);
    }

    private long decisions() {
        return rig.gateway().events().stream().filter(Event.Decided.class::isInstance).count();
    }

    private void assertGoes(Value.Fields tokens) {
        int sent = upstream.calls().size();
        HttpResponse<String> answer = call(tokens);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain("isError\":true");
        assertThat(upstream.calls()).hasSize(sent + 1);
    }

    private static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    @Test
    void aWeakSignInIsChallengedAndAStrongerOneGoes() {
        Visitor ines = atAcme("phr"); // a provider is not believed in this
        HttpResponse<String> page = ines.get("/oauth2/authorize?" + PublishedClient.form(asked()));
        Value.Fields weak = tokens(PublishedClient.answer(ines, page, "allow"), client);
        assertThat(claims(weak).whole("auth_time")).isPresent();
        assertThat(claims(weak).get("acr")).isEmpty();
        assertChallenged(weak);

        Map<String, String> stronger = with(asked(), "acr_values", "phr urn:acme:otp");
        String again = location(client.page(stronger));
        assertThat(again).contains("/sign-in?return=", "again=1", "acr=phr+urn%3Aacme%3Aotp");
        assertThat(client.visitor().get(again).body())
                .contains("Use a passkey", "Sign in with Acme", "one of these ways");
        assertThat(client.visitor().signIn(passkey).statusCode()).isEqualTo(200);
        Value.Fields strong = tokens(client.page(stronger));
        assertThat(claims(strong).text("acr")).contains(PASSKEY);
        assertGoes(strong);
        assertThat(call(weak).statusCode()).as("the other mandate is as it was").isEqualTo(401);
        assertThat(rig.gateway().events())
                .anyMatch(
                        event ->
                                event instanceof Event.MandateGiven(var mandate, _)
                                        && mandate.signIn()
                                                .flatMap(Authentication::acr)
                                                .equals(Optional.of(PASSKEY)));
    }

    @Test
    void whoSignsWithAPasskeyHasShownWhoTheyAre() {
        Value.Fields tokens = tokens(client.page(asked())); // signed in by a link
        assertThat(claims(tokens).text("acr")).contains(PASSKEY);
        assertGoes(tokens);
        Visitor ines = atAcme(OTP);
        ines.addPasskey(new SoftPasskey());
        Map<String, String> otp = with(asked(), "acr_values", OTP);
        HttpResponse<String> page = ines.get("/oauth2/authorize?" + PublishedClient.form(otp));
        Value.Fields asAsked = tokens(PublishedClient.answer(ines, page, "allow"), client);
        assertThat(claims(asAsked).text("acr")).as("what was asked for").contains(OTP);
        assertThat(rig.gateway().events())
                .anyMatch(
                        event ->
                                event instanceof Event.MandateGiven(var mandate, var signed)
                                        && mandate.signIn()
                                                .flatMap(Authentication::acr)
                                                .equals(Optional.of(OTP))
                                        && signed.isPresent());
    }

    @Test
    void aSignInThatIsTooLongAgoIsChallengedAndALaterOneGoes() {
        client.visitor().signIn(passkey);
        Value.Fields tokens = tokens(client.page(asked()));
        assertGoes(tokens);
        later = LATELY.plusMinutes(1);
        Value.Fields renewed = KnockedGateway.json(client.token(client.byRefresh(tokens)));
        assertThat(claims(renewed).whole("auth_time"))
                .as("renewing is no sign-in")
                .isEqualTo(claims(tokens).whole("auth_time"));
        assertChallenged(renewed);

        Map<String, String> lately = with(asked(), "max_age", "300");
        assertThat(location(client.page(lately))).contains("again=1");
        client.visitor().signIn(passkey);
        assertGoes(tokens(client.page(lately)));
    }

    @Test
    void aProviderIsBelievedInWhatTheOperatorSaidAlone() {
        provider.vouchFor(ines("phr"));
        Visitor ines = new Visitor(rig.gateway());
        ines.get(provided(ines.get("/sign-in/with/acme?return=/account")));
        Map<String, String> otp = with(asked(), "acr_values", OTP);
        String page = "/oauth2/authorize?" + PublishedClient.form(otp);
        String again = location(ines.get(page));
        assertThat(ines.get(again).body())
                .contains("Sign in with Acme")
                .doesNotContain("Use a passkey");
        String there = location(ines.get("/sign-in/with/acme?return=/account&again=1&acr=" + OTP));
        assertThat(there).contains("acr_values=urn%3Aacme%3Aotp", "prompt=login");

        provider.vouchFor(ines(OTP));
        HttpResponse<String> begun =
                ines.get("/sign-in/with/acme?return=/account&again=1&acr=" + OTP);
        ines.get(provided(begun));
        HttpResponse<String> answer = PublishedClient.answer(ines, ines.get(page), "allow");
        String code = PublishedClient.back(answer).getOrDefault("code", "");
        Value.Fields tokens = KnockedGateway.json(client.token(client.byCode(code)));
        assertThat(claims(tokens).text("acr")).contains(OTP);
        assertGoes(tokens);

        HttpResponse<String> unmet =
                ines.get(
                        "/oauth2/authorize?"
                                + PublishedClient.form(with(asked(), "acr_values", PASSKEY)));
        assertThat(PublishedClient.back(unmet))
                .as("she has no passkey, and a provider's word for one is not believed")
                .containsEntry("error", "unmet_authentication_requirements");
    }

    /** Signed in there just now. */
    private Visitor atAcme(String acr) {
        provider.vouchFor(ines(acr));
        Visitor ines = new Visitor(rig.gateway());
        ines.get(provided(ines.get("/sign-in/with/acme?return=/account&again=1")));
        return ines;
    }

    private Value.Fields ines(String acr) {
        return Value.object()
                .put("sub", "ines")
                .put("groups", Value.ofTexts(List.of("engineering")))
                .put("acr", acr)
                .build();
    }

    /** Where the provider sends the browser back to. */
    private String provided(HttpResponse<String> begun) {
        HttpResponse<String> there =
                rig.gateway().send(HttpRequest.newBuilder(URI.create(location(begun))).build());
        return there.headers().firstValue("Location").orElseThrow();
    }

    @Test
    void whatNobodyCanMeetIsSaidAtOnce() {
        Map<String, String> asked = with(asked(), "acr_values", "urn:never urn:heard");
        assertThat(PublishedClient.back(client.page(asked)))
                .containsEntry("error", "unmet_authentication_requirements");
        HttpResponse<String> pushed = client.post("/oauth2/par", asked, Optional.of(client.key));
        assertThat(pushed.statusCode()).isEqualTo(400);
        assertThat(pushed.body()).contains("unmet_authentication_requirements");
        HttpResponse<String> metadata =
                rig.gateway()
                        .send(
                                HttpRequest.newBuilder(
                                                URI.create(
                                                        rig.gateway().issuer()
                                                                + "/.well-known/oauth-authorization-server"))
                                        .build());
        assertThat(metadata.body()).contains("\"acr_values_supported\":[\"phr\",\"urn:acme:otp\"]");
    }
}
