package dev.remit.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.call.Value;
import dev.remit.gate.Credentials;
import dev.remit.gateway.rig.ScriptedServer;
import dev.remit.gateway.rig.ScriptedServer.Got;
import dev.remit.gateway.rig.ScriptedServer.Said;
import dev.remit.identity.Credential;
import dev.remit.identity.Origin;
import dev.remit.identity.PersonId;
import dev.remit.identity.Secret;
import dev.remit.registry.ActRefused;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class ConsentsTest {
    private static final PersonId ADA = Rig.ADA;
    private static final URI CALLBACK = URI.create("https://remit.example/credentials/callback");

    /** An upstream and its authorization server in one, as the specifications have them. */
    private static final class World implements AutoCloseable {
        final ScriptedServer server = new ScriptedServer(this::answer);
        final Rig rig = new Rig(server);
        final AtomicInteger words = new AtomicInteger();
        volatile String authorize = server.at("/authorize").toString();
        volatile Value methods = Value.ofTexts(List.of("S256"));
        volatile String resource = server.at("/mcp").toString();
        volatile String metadata = server.at("/meta").toString();
        volatile boolean namesItself = true;
        volatile boolean takesDocuments;
        volatile List<String> manners = List.of("none");
        volatile Value.Building registration = Value.object().put("client_id", "registered-client");
        volatile String challenged = "";
        volatile List<String> scopes = List.of();
        final Consents consents =
                new Consents(
                        rig.keeper,
                        rig.fetch,
                        Map.of("tracker", server.at("/mcp")),
                        CALLBACK,
                        () -> "word-" + words.incrementAndGet() + "-0123456789abcdefghijklmnop",
                        rig.clock);

        private String issuer() {
            return server.at("").toString();
        }

        private Said answer(Got got) {
            return switch (got.path()) {
                case "/mcp" ->
                        new Said(
                                401,
                                Map.of(
                                        "WWW-Authenticate",
                                        "Bearer resource_metadata=\""
                                                + metadata
                                                + "\""
                                                + challenged),
                                "");
                case "/meta" ->
                        Said.json(
                                Value.object()
                                        .put("resource", resource)
                                        .put("scopes_supported", Value.ofTexts(List.of("read")))
                                        .put(
                                                "authorization_servers",
                                                Value.ofTexts(List.of(issuer()))));
                case "/.well-known/oauth-authorization-server" ->
                        Said.json(
                                Value.object()
                                        .put("issuer", issuer())
                                        .put("authorization_endpoint", authorize)
                                        .put("token_endpoint", issuer() + "/token")
                                        .put("registration_endpoint", issuer() + "/register")
                                        .put("code_challenge_methods_supported", methods)
                                        .put(
                                                "client_id_metadata_document_supported",
                                                takesDocuments)
                                        .put("scopes_supported", Value.ofTexts(scopes))
                                        .put(
                                                "token_endpoint_auth_methods_supported",
                                                Value.ofTexts(manners))
                                        .put(
                                                "authorization_response_iss_parameter_supported",
                                                namesItself));
                case "/register" -> Said.json(201, registration);
                case "/token" ->
                        Said.json(
                                Value.object()
                                        .put("access_token", "consented-token-1")
                                        .put("token_type", "bearer")
                                        .put("expires_in", 300)
                                        .put("refresh_token", "consented-refresh-1"));
                default -> Said.nothing(404);
            };
        }

        Map<String, String> begin() {
            URI page = consents.begin(Rig.ADA, "tracker", Optional.empty(), Optional.empty());
            return ScriptedServer.parameters(page.getRawQuery());
        }

        String state() {
            return begin().getOrDefault("state", "");
        }

        @Override
        public void close() {
            rig.close();
            server.close();
        }
    }

    @Test
    void aPersonAgreesAndTheTokenIsKeptForThatPerson() throws Exception {
        try (World world = new World()) {
            Map<String, String> asked = world.begin();
            assertThat(asked)
                    .containsEntry("response_type", "code")
                    .containsEntry("client_id", "registered-client")
                    .containsEntry("redirect_uri", CALLBACK.toString())
                    .containsEntry("resource", world.server.at("/mcp").toString())
                    .containsEntry("scope", "read")
                    .containsEntry("code_challenge_method", "S256");
            Credential kept =
                    world.consents.finish(
                            ADA,
                            asked.getOrDefault("state", ""),
                            "the-code",
                            Optional.of(world.issuer()));
            assertThat(kept.person()).contains(Rig.ADA);
            assertThat(kept.origin()).isEqualTo(Origin.of(world.server.at("/")));
            Got exchange = world.server.got("/token").getFirst();
            assertThat(exchange.field("code")).isEqualTo("the-code");
            assertThat(exchange.field("resource")).isEqualTo(world.server.at("/mcp").toString());
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(
                                    exchange.field("code_verifier")
                                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(digest))
                    .isEqualTo(asked.get("code_challenge"));
            assertThat(
                            world.rig
                                    .keeper
                                    .attach("tracker", kept.origin(), Optional.of(ADA))
                                    .secrets())
                    .containsExactly(new Secret("consented-token-1"));
        }
    }

    @Test
    void whatTheChallengeSaysIsAskedForAndWhatIsLackingBesides() {
        try (World world = new World()) {
            world.challenged = ", scope=\"issues:read\"";
            world.scopes = List.of("offline_access");
            Map<String, String> asked = world.begin();
            assertThat(asked).containsEntry("scope", "issues:read offline_access");
            world.consents.finish(
                    ADA, asked.getOrDefault("state", ""), "c", Optional.of(world.issuer()));
            Origin origin = Origin.of(world.server.at("/"));
            Credentials.Attached sent =
                    world.rig.keeper.attach("tracker", origin, Optional.of(ADA));
            assertThat(
                            world.rig.keeper.lacks(
                                    "tracker", Optional.of(Rig.EVE), sent, "issues:write"))
                    .isFalse();
            assertThat(world.rig.keeper.lacks("tracker", Optional.of(ADA), sent, "issues:write"))
                    .isTrue();
            assertThat(world.begin().getOrDefault("scope", "").split(" "))
                    .containsExactlyInAnyOrder("issues:read", "offline_access", "issues:write");
        }
    }

    @Test
    void aServerThatLooksClientsUpIsToldTheGatewaysOwnDocument() {
        try (World world = new World()) {
            world.takesDocuments = true;
            assertThat(world.begin())
                    .containsEntry("client_id", "https://remit.example/credentials/client.json");
            assertThat(world.server.got("/register")).isEmpty();
        }
    }

    @Test
    void aClientSaysWhoItIsAsItWasRegistered() {
        try (World world = new World()) {
            world.manners = List.of("client_secret_post");
            world.registration =
                    Value.object().put("client_id", "x").put("client_secret", "a-given-secret");
            world.consents.finish(ADA, world.state(), "c", Optional.of(world.issuer()));
            assertThat(world.server.got("/token").getFirst().field("client_secret"))
                    .isEqualTo("a-given-secret");
            world.registration =
                    Value.object()
                            .put("client_id", "x")
                            .put("token_endpoint_auth_method", "private_key_jwt");
            assertThatThrownBy(world::begin).isInstanceOf(ActRefused.class);
        }
    }

    @Test
    void aStateIsUsedOnceInTimeAndByWhoBegan() {
        try (World world = new World()) {
            Optional<String> issuer = Optional.of(world.issuer());
            String used = world.state();
            world.consents.finish(ADA, used, "c", issuer);
            assertThatThrownBy(() -> world.consents.finish(ADA, used, "c", issuer))
                    .isInstanceOf(ActRefused.class);
            String late = world.state();
            world.rig.pass(Duration.ofMinutes(10));
            assertThatThrownBy(() -> world.consents.finish(ADA, late, "c", issuer))
                    .isInstanceOf(ActRefused.class);
            String hers = world.state();
            assertThatThrownBy(() -> world.consents.finish(Rig.EVE, hers, "c", issuer))
                    .isInstanceOf(ActRefused.class);
            assertThatThrownBy(() -> world.consents.finish(ADA, "invented", "c", issuer))
                    .isInstanceOf(ActRefused.class);
            assertThat(world.server.got("/token")).hasSize(1);
        }
    }

    @Test
    void wherePeopleCannotSignInNobodyIsAskedToAgree() {
        try (World world = new World()) {
            CredentialActs acts =
                    new CredentialActs(
                            world.rig.keeper,
                            Optional.empty(),
                            Map.of("tracker", world.server.at("/mcp")),
                            Rig.ADA);
            Value.Fields asked = Value.object().put("upstream", "tracker").build();
            assertThatThrownBy(() -> acts.act("credentials/consent", asked))
                    .isInstanceOf(ActRefused.class)
                    .hasMessageContaining("people have no address here");
            assertThat(world.server.got()).isEmpty();
        }
    }

    @Test
    void anAnswerOfAnotherIssuerIsNotTaken() {
        try (World world = new World()) {
            for (Optional<String> issuer :
                    List.of(Optional.<String>empty(), Optional.of("https://evil.example"))) {
                String state = world.state();
                assertThatThrownBy(() -> world.consents.finish(ADA, state, "c", issuer))
                        .isInstanceOf(ActRefused.class);
            }
            world.namesItself = false;
            String state = world.state();
            assertThat(world.consents.finish(ADA, state, "c", Optional.empty())).isNotNull();
            assertThat(world.server.got("/token")).hasSize(1);
        }
    }

    @TestFactory
    Stream<DynamicTest> placesToAuthorizeThatNobodyIsSentTo() {
        return Stream.of(
                        "javascript:alert(1)",
                        "file:///etc/passwd",
                        "https://x/$(calc)",
                        "-flag",
                        "http://evil.example/authorize",
                        "https://user@evil.example/authorize")
                .map(
                        place ->
                                DynamicTest.dynamicTest(
                                        "SSRF-006 " + place,
                                        () -> {
                                            try (World world = new World()) {
                                                world.authorize = place;
                                                assertThatThrownBy(world::begin)
                                                        .isInstanceOf(ActRefused.class);
                                            }
                                        }));
    }

    @Test
    @DisplayName("SSRF-005 metadata that lead inside, or speak of another resource, are not used")
    void discovery() {
        try (World world = new World();
                ScriptedServer inside = new ScriptedServer(_ -> Said.nothing(200))) {
            world.metadata = inside.at("/meta").toString();
            assertThatThrownBy(world::begin).isInstanceOf(ActRefused.class);
            assertThat(inside.got()).isEmpty();
            world.metadata = world.server.at("/meta").toString();
            world.resource = "https://other.example/mcp";
            assertThatThrownBy(world::begin).isInstanceOf(ActRefused.class);
            world.resource = world.server.at("/").toString();
            assertThat(world.begin()).containsKey("state");
        }
    }

    @Test
    void aServerWithoutPkceIsNotUsed() {
        try (World world = new World()) {
            world.methods = Value.ofTexts(List.of("plain"));
            assertThatThrownBy(world::begin)
                    .isInstanceOf(ActRefused.class)
                    .hasMessageContaining("S256");
        }
    }
}
