package dev.remit.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.CallId;
import dev.remit.call.Pin;
import dev.remit.call.Value;
import dev.remit.giving.GivingRig;
import dev.remit.identity.Person;
import dev.remit.identity.PersonId;
import dev.remit.identity.Role;
import dev.remit.ledger.Event;
import dev.remit.mandate.Mandate;
import dev.remit.people.Visitor;
import dev.remit.testkit.AttackCase;
import dev.remit.testkit.SoftPasskey;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who sees what in the console, and who does what there. */
final class ConsoleTest {
    private GivingRig rig = unset();
    private Doings doings = unset();

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T unset() {
        return null; // set before every test
    }

    @BeforeEach
    void start() throws IOException {
        rig = new GivingRig();
        doings = new Doings(rig);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private Visitor person(String name, Role... roles) {
        return rig.person(name, new SoftPasskey(), roles);
    }

    private Person known(String name) {
        return rig.store.accounts().stream()
                .map(one -> one.person())
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseGet(() -> new Person(new PersonId("per_none"), name));
    }

    private long entry(CallId call) {
        return rig.store.entries(call).getFirst().index();
    }

    @Test
    @DisplayName("CONSOLE-005 CONSOLE-006: one's own is one's own, whichever page it is on")
    void whoSeesWhat() {
        Visitor ada = person("Ada", Role.PERSON);
        Visitor bob = person("Bob", Role.PERSON);
        Mandate mandate = doings.given(known("Ada"), "the secret task");
        CallId call =
                doings.allowed(
                        mandate, GivingRig.READ, Value.object().put("path", "/secret").build());
        doings.ended(call, "the secret reply");
        List<String> paths =
                List.of(
                        "/ledger/calls/" + call,
                        "/ledger/entries/" + entry(call),
                        "/activity/" + mandate.id(),
                        "/mandates/" + mandate.id(),
                        "/agents/" + rig.agent.id());
        for (String path : paths) {
            assertThat(ada.get(path).statusCode()).as(path).isEqualTo(200);
            assertThat(bob.get(path).statusCode()).as(path).isEqualTo(404);
            String unknown = bob.get(path + "x").body();
            assertThat(bob.get(path).body())
                    .as("what is another's is answered as what is not there")
                    .isEqualTo(unknown);
            for (Role role : List.of(Role.ADMINISTRATOR, Role.AUDITOR)) {
                assertThat(person(role + path, role).get(path).statusCode()).isEqualTo(200);
            }
        }
        for (String path : List.of("/", "/ledger", "/ledger?tool=files", "/agents", "/approvals")) {
            assertThat(bob.get(path).statusCode()).isEqualTo(200);
            assertThat(bob.get(path).body()).as(path).doesNotContain(call.text(), "secret");
        }
        assertThat(ada.get("/ledger?tool=files").body()).contains(call.text());
        assertThat(ada.get("/ledger?call=" + call).headers().firstValue("Location"))
                .hasValue(rig.origin + "/ledger/calls/" + call);
        for (String path : List.of("/rules", "/settings")) {
            assertThat(ada.get(path).statusCode()).isEqualTo(403);
            assertThat(person("x" + path, Role.AUDITOR).get(path).statusCode()).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("CONSOLE-013 CONSOLE-007: an administrator's acts are an administrator's")
    void whoDoesWhat() {
        for (Role role : Role.values()) {
            Visitor visitor = person(role.word(), role);
            boolean acts = role == Role.ADMINISTRATOR;
            String form = "&form=" + visitor.form() + "&role=administrator&by=somebody";
            int suspended =
                    visitor.postForm("/agents/suspend", "agent=" + rig.agent.id() + "&why=x" + form)
                            .statusCode();
            assertThat(suspended).as(role.word()).isEqualTo(acts ? 303 : 403);
            assertThat(rig.store.agent(rig.agent.id()).orElseThrow().isGood()).isEqualTo(!acts);
            int restored =
                    visitor.postForm("/agents/restore", "agent=" + rig.agent.id() + form)
                            .statusCode();
            assertThat(restored).isEqualTo(acts ? 303 : 403);
            assertThat(
                            visitor.postForm("/tools/accept", "tool=files.read&held=00" + form)
                                    .statusCode())
                    .isEqualTo(acts ? 409 : 403);
            assertThat(
                            visitor.postForm(
                                            "/tools/correct",
                                            "tool=files.read&effect:send=on" + form)
                                    .statusCode())
                    .isEqualTo(acts ? 303 : 403);
            assertThat(rig.store.pin(GivingRig.READ).orElseThrow().correction().isNone())
                    .isEqualTo(!acts);
            visitor.postForm("/tools/correct", "tool=files.read&back=yes" + form);
        }
    }

    /** What was looked at is what is accepted, and not what came meanwhile. */
    @Test
    void whatChangedOnceMoreIsNotAccepted() {
        Visitor root = person("Root", Role.ADMINISTRATOR);
        Pin pin = rig.store.pin(GivingRig.READ).orElseThrow();
        Value.Fields second = Value.object().put("name", "read").put("description", "2").build();
        Value.Fields third = Value.object().put("name", "read").put("description", "3").build();
        rig.write(new Event.ToolPinned(pin.offered(second), "listing"));
        String seen = Pin.digest(second).hex();
        rig.write(new Event.ToolPinned(pin.offered(third), "listing"));
        String form = "tool=files.read&form=" + root.form() + "&held=";
        assertThat(root.postForm("/tools/accept", form + seen).statusCode()).isEqualTo(409);
        assertThat(rig.store.pin(GivingRig.READ).orElseThrow().held()).isPresent();
        assertThat(root.get("/tools/one?tool=files.read").body()).contains(Pin.digest(third).hex());
        String now = Pin.digest(third).hex();
        assertThat(root.postForm("/tools/accept", form + now).statusCode()).isEqualTo(303);
        assertThat(rig.store.pin(GivingRig.READ).orElseThrow().held()).isEmpty();
        assertThat(root.postForm("/tools/accept", form + now).statusCode()).isEqualTo(409);
    }

    @Test
    @DisplayName("CONSOLE-014 APPR-004: a yes to what cannot be undone needs a fresh sign-in")
    void aYesThatIsFinalNeedsAFreshSignIn() {
        Visitor ada = person("Ada", Role.PERSON);
        Mandate mandate = doings.given(known("Ada"), "Pay the rent");
        CallId old = doings.asked(mandate, GivingRig.PAY, paying("1"), Doings.AGREED);
        CallId other = doings.asked(mandate, GivingRig.PAY, paying("2"), Doings.AGREED);
        assertThat(answer(ada, other, "once").statusCode()).as("its twin").isEqualTo(303);
        assertThat(ada.get("/approvals").body()).contains("Yes, this once");
        rig.wait(Duration.ofMinutes(11));
        assertThat(ada.get("/approvals").body())
                .contains("Show who you are", "No, and stop the agent")
                .doesNotContain("Yes, this once");
        for (String yes : List.of("once", "for-task", "like-it")) {
            HttpResponse<String> refused = answer(ada, old, yes);
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("shown-too-long-ago");
        }
        assertThat(answer(ada, old, "no").statusCode()).as("a no is always taken").isEqualTo(303);
    }

    private static Value.Fields paying(String amount) {
        return Value.object().put("to", "landlord").put("amount", amount).build();
    }

    private HttpResponse<String> answer(Visitor who, CallId asked, String verdict) {
        Event event = rig.store.entries(asked).getFirst().event();
        String question =
                event instanceof Event.Decided decided
                                && decided.ruling() instanceof Event.Ruling.Asked asking
                        ? asking.question().text()
                        : "";
        return who.postForm(
                "/mandates/answer",
                "question="
                        + question
                        + "&verdict="
                        + verdict
                        + "&back=/approvals&form="
                        + who.form());
    }

    @Test
    @AttackCase("APPR-014")
    void aDayOfCallsIsOnThePageAtOnce() throws Exception {
        Visitor root = person("Root", Role.AUDITOR);
        person("Ada", Role.PERSON);
        Mandate mandate = doings.given(known("Ada"), "Read my notes");
        String last = "";
        for (int i = 0; i < 100_000; i++) {
            last = doings.refused(mandate, GivingRig.READ, Value.Fields.EMPTY).text();
        }
        while (!root.get("/ledger").body().contains(last + "\"")) {
            Thread.sleep(50);
        }
        List<Long> took = new ArrayList<>();
        for (String path : List.of("/", "/ledger?tool=nothing", "/activity/" + mandate.id(), "/")) {
            for (int i = 0; i < 5; i++) {
                long begun = System.nanoTime();
                assertThat(root.get(path).statusCode()).isEqualTo(200);
                took.add((System.nanoTime() - begun) / 1_000_000);
            }
        }
        took.sort(null);
        System.out.println("pages over 100,000 calls, in ms: " + took);
        assertThat(took.get(took.size() / 2)).isLessThan(300);
    }

    @Test
    @AttackCase("CONSOLE-003")
    void noPageIsFramed() {
        Visitor ada = person("Ada", Role.values());
        for (String path : List.of("/", "/approvals", "/agents", "/ledger", "/tools", "/rules")) {
            assertThat(ada.get(path).headers().firstValue("Content-Security-Policy").orElse(""))
                    .as(path)
                    .contains("frame-ancestors 'none'", "require-trusted-types-for 'script'")
                    .doesNotContain("unsafe");
            assertThat(ada.get(path).headers().firstValue("X-Frame-Options")).hasValue("DENY");
        }
    }

    @Test
    @AttackCase("APPR-013")
    void anAddressIsNoAuthority() {
        person("Ada", Role.PERSON);
        Visitor nobody = new Visitor(rig.origin);
        for (String path : List.of("/", "/approvals", "/ledger", "/agents")) {
            assertThat(nobody.get(path).statusCode()).isEqualTo(303);
            assertThat(nobody.get(path).headers().firstValue("Location").orElse(""))
                    .startsWith(rig.origin + "/sign-in?return=");
        }
        assertThat(nobody.get("/live").statusCode()).isEqualTo(401);
        assertThat(nobody.get("/nothing/here").statusCode()).isEqualTo(404);
    }

    /** Every route of the two edges' tables, as method and path; what is below a path is there. */
    private Stream<String[]> routes() {
        return Stream.concat(rig.console.routes().stream(), rig.edge.routes().stream())
                .map(one -> one.split(" ", 2))
                .map(
                        one ->
                                new String[] {
                                    one[0],
                                    one[1].length() > 1 && one[1].endsWith("/")
                                            ? one[1] + "x"
                                            : one[1]
                                });
    }

    @Test
    @DisplayName("APPR-004 CONSOLE-012: whatever an agent carries opens no page, signed in or not")
    void noAgentOpensAnyOfThem() {
        Visitor ada = person("Ada", Role.values());
        List<Visitor> visitors = List.of(new Visitor(rig.origin), ada);
        List<String[]> brought =
                List.of(
                        new String[] {"Authorization", "Bearer x"},
                        new String[] {"Authorization", "DPoP x", "DPoP", "y"},
                        new String[] {"DPoP", "y"});
        assertThat(routes().count()).isGreaterThan(20);
        routes().forEach(
                        route -> {
                            for (Visitor visitor : visitors) {
                                for (String[] headers : brought) {
                                    HttpResponse<String> answer =
                                            route[0].equals("GET")
                                                    ? visitor.get(route[1], headers)
                                                    : visitor.postJson(
                                                            route[1], Value.Fields.EMPTY, headers);
                                    assertThat(answer.statusCode())
                                            .as(String.join(" ", route))
                                            .isEqualTo(403);
                                    assertThat(answer.body()).contains("agent-token");
                                }
                            }
                        });
        assertThat(ada.get("/").statusCode()).as("its twin").isEqualTo(200);
    }

    @Test
    @DisplayName("CONSOLE-002: a page of another site changes nothing here")
    void noOtherSiteSendsAForm() {
        Visitor ada = person("Ada", Role.values());
        String form = "&form=" + ada.form() + "&agent=" + rig.agent.id();
        routes().filter(route -> route[0].equals("POST"))
                .forEach(
                        route -> {
                            String path = route[1];
                            for (HttpResponse<String> answer :
                                    List.of(
                                            ada.postForm(rig.origin, "cross-site", path, form),
                                            ada.postForm(rig.origin, "same-site", path, form),
                                            ada.postForm(
                                                    rig.origin.replace("localhost", "127.0.0.1"),
                                                    "same-origin",
                                                    path,
                                                    form),
                                            ada.postForm("null", "same-origin", path, form),
                                            ada.postForm(path, "form=wrong"))) {
                                assertThat(answer.statusCode()).as(path).isIn(400, 403);
                            }
                        });
        assertThat(rig.store.agent(rig.agent.id()).orElseThrow().isGood()).isTrue();
        assertThat(ada.postForm("/agents/suspend", form.substring(1)).statusCode()).isEqualTo(303);
    }
}
