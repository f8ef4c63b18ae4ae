package dev.remit.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.authority.KnockedGateway;
import dev.remit.call.JsonReader;
import dev.remit.call.Value;
import dev.remit.http.fetch.SafeFetch;
import dev.remit.identity.DpopSigner;
import dev.remit.identity.Role;
import dev.remit.ledger.Event;
import dev.remit.ledger.Ledger;
import dev.remit.main.Names;
import dev.remit.registry.Steward;
import dev.remit.session.Sessions;
import dev.remit.testkit.MemorySessions;
import dev.remit.testkit.MemoryStore;
import dev.remit.testkit.SoftPasskey;
import dev.remit.vault.ConsentEdge;
import dev.remit.web.SignIns;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every route that is for people or for the operator, with everything that somebody could bring: an
 * agent's token never opens one, whoever the agent acts for.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RoutesTest {
    private static final PeopleEdge.Named CALLBACK =
            new PeopleEdge.Named("GET", ConsentEdge.PATH, PeopleEdge.For.SIGNED_IN);

    /** Where a person says what an agent may do; for those with the role of a person alone. */
    private static final List<PeopleEdge.Named> CONSENT =
            List.of(
                    new PeopleEdge.Named("GET", "/device", PeopleEdge.For.SIGNED_IN),
                    new PeopleEdge.Named("POST", "/device", PeopleEdge.For.SIGNED_IN),
                    new PeopleEdge.Named("GET", "/requests", PeopleEdge.For.SIGNED_IN),
                    new PeopleEdge.Named("POST", "/oauth2/authorize", PeopleEdge.For.SIGNED_IN),
                    new PeopleEdge.Named(
                            "POST", "/oauth2/authorize/challenge", PeopleEdge.For.SIGNED_IN),
                    new PeopleEdge.Named(
                            "POST", "/oauth2/authorize/passkey", PeopleEdge.For.SIGNED_IN));

    private final Map<Role, SoftPasskey> passkeys = new EnumMap<>(Role.class);
    private KnockedGateway gateway = unset();
    private DpopSigner key = unsetKey();
    private String token = "";
    private String word = "";

    @SuppressWarnings("NullAway") // set before every test
    private static KnockedGateway unset() {
        return null;
    }

    @SuppressWarnings("NullAway") // set before every test
    private static DpopSigner unsetKey() {
        return null;
    }

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        gateway = new KnockedGateway(data);
        key = new DpopSigner(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        String client = gateway.enrol(key, gateway.code("worker")).text("client_id").orElseThrow();
        String assertion = key.assertion(client, gateway.issuer(), Names.secret(), Instant.now());
        token =
                KnockedGateway.json(gateway.token(assertion, key))
                        .text("access_token")
                        .orElseThrow();
        word =
                JsonReader.readFields(Files.readAllBytes(data.resolve("operator.json")))
                        .text("word")
                        .orElseThrow();
        for (Role role : Role.values()) {
            String link =
                    gateway.operator(
                                    "people/add",
                                    Value.object()
                                            .put("name", role.word())
                                            .put("roles", Value.ofTexts(List.of(role.word())))
                                            .build())
                            .text("link")
                            .orElseThrow();
            SoftPasskey passkey = new SoftPasskey();
            assertThat(new Visitor(gateway).welcome(link, passkey).statusCode()).isEqualTo(200);
            passkeys.put(role, passkey);
        }
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    private static List<PeopleEdge.Named> peoplesRoutes() {
        MemoryStore store = new MemoryStore();
        InstantSource clock = InstantSource.system();
        Ledger ledger = new Ledger(store, () -> new byte[16]);
        Sessions sessions = new Sessions(new MemorySessions(), store, Names::longSecret, clock);
        Vertx vertx = Vertx.vertx();
        PeopleEdge people =
                new PeopleEdge(
                        new PeopleEdge.Tools(
                                new SignIns("http://localhost:1", sessions, ledger, clock),
                                sessions,
                                new Steward(store, ledger, Names::fresh, Names::longSecret, clock),
                                store,
                                ledger,
                                List.of(),
                                new SafeFetch(vertx, Set.of()),
                                Names::longSecret,
                                clock));
        vertx.close();
        List<PeopleEdge.Named> routes = new ArrayList<>(people.routes());
        routes.add(CALLBACK);
        routes.addAll(CONSENT);
        return routes;
    }

    /** Every act that the operator's desks know, as their source has them. */
    private static Set<String> operatorsActs() throws IOException {
        Pattern act = Pattern.compile("case \"([a-z]+/[a-z]+)\"");
        Set<String> acts = new TreeSet<>();
        for (String desks : List.of("operator", "vault")) {
            try (Stream<Path> files = Files.list(Path.of("src/main/java/dev/remit/" + desks))) {
                for (Path file : files.toList()) {
                    Matcher matcher = act.matcher(Files.readString(file));
                    while (matcher.find()) {
                        acts.add(matcher.group(1));
                    }
                }
            }
        }
        assertThat(acts)
                .contains("people/list", "agents/list", "mandates/new")
                .contains("credentials/set", "credentials/consent", "keys/rotate", "keys/seal");
        return acts;
    }

    /** The headers of an agent that is who it says, in both schemes. */
    private List<String[]> agents(String method, String url) {
        String proof = key.proof(method, url, Optional.of(token), Names.secret(), Instant.now());
        return List.of(
                new String[] {"Authorization", "DPoP " + token, "DPoP", proof},
                new String[] {"Authorization", "Bearer " + token},
                new String[] {"DPoP", proof});
    }

    private HttpResponse<String> ask(Visitor visitor, PeopleEdge.Named route, String... headers) {
        String path = route.path().endsWith("/") ? route.path() + "x" : route.path();
        return route.method().equals("GET")
                ? visitor.get(path, headers)
                : visitor.postJson(path, Value.Fields.EMPTY, headers);
    }

    private long size() {
        return gateway.events().size();
    }

    @TestFactory
    @DisplayName("APPR-004 CONSOLE-012: no agent's token opens a person's route, signed in or not")
    Stream<DynamicTest> noAgentOpensAPersonsRoute() {
        return peoplesRoutes().stream()
                .filter(route -> !CONSENT.contains(route)) // ConsentRulesTest tries them
                .map(
                        route ->
                                DynamicTest.dynamicTest(
                                        route.method() + " " + route.path(),
                                        () -> assertClosedToAgents(route)));
    }

    private void assertClosedToAgents(PeopleEdge.Named route) {
        List<Visitor> visitors = new ArrayList<>(List.of(new Visitor(gateway)));
        Visitor signedIn = new Visitor(gateway);
        signedIn.signIn(passkeys.getOrDefault(Role.ADMINISTRATOR, new SoftPasskey()));
        visitors.add(signedIn);
        for (Visitor visitor : visitors) {
            List<String[]> brought =
                    new ArrayList<>(agents(route.method(), visitor.origin() + route.path()));
            brought.add(new String[] {"Authorization", "Bearer " + word});
            for (String[] headers : brought) {
                long before = size();
                HttpResponse<String> answer = ask(visitor, route, headers);
                assertThat(answer.statusCode()).isEqualTo(403);
                assertThat(answer.body()).contains("agent-token").doesNotContain(token);
                assertThat(size() - before).as("records").isEqualTo(1);
            }
        }
        assertThat(signedIn.isSignedIn()).isTrue();
    }

    @TestFactory
    @DisplayName("CONSOLE-002 CONSOLE-005: what only the signed-in may do, by who asks")
    Stream<DynamicTest> whoMayDoWhat() {
        return peoplesRoutes().stream()
                .filter(route -> route.whom() == PeopleEdge.For.SIGNED_IN)
                .map(
                        route ->
                                DynamicTest.dynamicTest(
                                        route.method() + " " + route.path(),
                                        () -> assertForTheSignedIn(route)));
    }

    private void assertForTheSignedIn(PeopleEdge.Named route) {
        boolean page = route.method().equals("GET");
        assertThat(ask(new Visitor(gateway), route).statusCode()).isEqualTo(page ? 303 : 401);
        for (Role role : Role.values()) {
            Visitor visitor = new Visitor(gateway);
            visitor.signIn(passkeys.getOrDefault(role, new SoftPasskey()));
            if (page) {
                boolean away = CONSENT.contains(route) && role != Role.PERSON;
                int inside = route.equals(CALLBACK) ? 400 : 200; // nobody awaits an answer
                assertThat(ask(visitor, route).statusCode()).isEqualTo(away ? 403 : inside);
                continue;
            }
            String form = visitor.form();
            HttpResponse<String> wordless = ask(visitor, route);
            assertThat(wordless.statusCode()).isIn(400, 403);
            HttpResponse<String> right =
                    route.path().endsWith("/challenge") || route.path().endsWith("/passkey")
                            ? ask(visitor, route, "X-Remit-Form", form)
                            : visitor.postForm(route.path(), "form=" + form);
            assertThat(right.body())
                    .as("its twin gets past the door")
                    .doesNotContain("form-refused", "not-signed-in", "foreign-origin");
        }
    }

    @Test
    @DisplayName(
            "APPR-004 CONSOLE-012 PDP-020: neither an agent's token nor a session opens an operator's act")
    void nobodyElseOpensTheOperatorsActs() throws IOException {
        for (String act : operatorsActs()) {
            URI target = URI.create(gateway.issuer() + "/operator/v1/" + act);
            List<String[]> brought = new ArrayList<>(agents("POST", target.toString()));
            brought.add(new String[] {"X-Nothing", "x"});
            brought.add(new String[] {"Authorization", "Bearer " + word + "x"});
            brought.add(new String[] {"Authorization", "Basic " + word});
            for (Role role : Role.values()) {
                Visitor visitor = new Visitor(gateway);
                visitor.signIn(passkeys.getOrDefault(role, new SoftPasskey()));
                String session = visitor.cookies().getOrDefault("remit-session", "");
                brought.add(
                        new String[] {
                            "Cookie", "remit-session=" + session, "Origin", visitor.origin()
                        });
            }
            for (String[] headers : brought) {
                HttpResponse<String> answer =
                        gateway.send(
                                HttpRequest.newBuilder(target)
                                        .headers(headers)
                                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                        .build());
                assertThat(answer.statusCode()).as(act + " with " + headers[0]).isEqualTo(401);
            }
        }
        assertThat(gateway.operatorList("people/list")).hasSize(1 + Role.values().length);
    }

    @Test
    @DisplayName("APPR-004: the same token does open the agent's own door")
    void theTokenIsGood() {
        assertThat(
                        gateway.knock("DPoP " + token, gateway.proof(key, Optional.of(token)))
                                .statusCode())
                .isEqualTo(200);
        assertThat(gateway.events()).anyMatch(Event.TokenIssued.class::isInstance);
    }
}
