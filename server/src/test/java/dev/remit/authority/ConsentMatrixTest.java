package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.authority.Asking.Asked;
import dev.remit.authority.Asking.Way;
import dev.remit.call.Value;
import dev.remit.identity.DpopSigner;
import dev.remit.ledger.Event;
import dev.remit.testkit.AttackCase;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Everything that can end, at every moment of every way to ask a person: nothing comes of it. */
final class ConsentMatrixTest {
    @TempDir Path data;

    /** What ends. */
    private enum End {
        PERSON,
        AGENT,
        AGENT_FOR_GOOD,
        INSTANCE,
        KEY,
        MANDATE,
        MANDATE_COMPLETED,
        MANDATE_EXPIRED
    }

    /** When it ends. */
    private enum Moment {
        BEFORE_THE_ANSWER,
        BEFORE_IT_IS_FETCHED,
        AFTERWARDS
    }

    @TestFactory
    @AttackCase({"OAUTH-027", "OAUTH-029"})
    Stream<DynamicTest> whatEndedGivesNothing() {
        List<DynamicTest> all = new ArrayList<>();
        for (Way way : Way.values()) {
            for (End end : End.values()) {
                for (Moment moment : Moment.values()) {
                    if (exists(way, end, moment)) {
                        all.add(
                                DynamicTest.dynamicTest(
                                        way + " " + end + " " + moment,
                                        () -> assertEnded(way, end, moment)));
                    }
                }
            }
        }
        return all.stream();
    }

    /** A published client's agent and instance are made by the yes and by the fetching. */
    private static boolean exists(Way way, End end, Moment moment) {
        return switch (end) {
            case PERSON -> true;
            case MANDATE, MANDATE_COMPLETED, MANDATE_EXPIRED -> moment != Moment.BEFORE_THE_ANSWER;
            case AGENT, AGENT_FOR_GOOD -> way.isEnrolled() || moment != Moment.BEFORE_THE_ANSWER;
            case INSTANCE, KEY -> way.isEnrolled() || moment == Moment.AFTERWARDS;
        };
    }

    private void assertEnded(Way way, End end, Moment moment) throws Exception {
        try (Asking asking = new Asking(data.resolve(way + "-" + end + "-" + moment))) {
            Asked asked = asking.ask(way);
            if (moment == Moment.BEFORE_THE_ANSWER) {
                HttpResponse<String> page = asking.page(asked);
                end(asking, end);
                PublishedClient.answer(
                        asking.visitor(), page, "allow"); // whatever the person is told
                assertThat(asking.gateway.events()).noneMatch(Event.MandateGiven.class::isInstance);
                if (way != Way.BY_REDIRECT) {
                    assertNothing(asking, way, asked.word());
                }
                return;
            }
            String word = asking.allow(asked);
            if (moment == Moment.BEFORE_IT_IS_FETCHED) {
                end(asking, end);
                assertNothing(asking, way, word);
                return;
            }
            Value.Fields tokens = KnockedGateway.json(Asking.good(asking.fetch(way, word)));
            assertThat(asking.use(way, tokens).statusCode()).isEqualTo(200);
            end(asking, end);
            if (!way.isEnrolled()) {
                List<Value> books = asking.books();
                long before = asking.strangers();
                HttpResponse<String> answer =
                        asking.published.token(asking.published.byRefresh(tokens));
                Asking.assertError(answer, isOfClient(end) ? "invalid_client" : "invalid_grant");
                assertThat(asking.books()).isEqualTo(books);
                assertThat(asking.strangers() - before).isEqualTo(1);
                if (isOfClient(end)) {
                    assertClientIsRefused(asking, tokens);
                }
            }
            if (end == End.INSTANCE || end == End.KEY || end == End.AGENT_FOR_GOOD) {
                assertThat(asking.use(way, tokens).statusCode()).isEqualTo(401);
            }
        }
    }

    private static void assertNothing(Asking asking, Way way, String word) {
        List<Value> books = asking.books();
        long before = asking.strangers();
        HttpResponse<String> answer = asking.fetch(way, word);
        assertThat(answer.statusCode()).as(answer.body()).isIn(400, 401);
        assertThat(answer.body()).doesNotContain("access_token", word);
        assertThat(KnockedGateway.json(answer).text("error").orElseThrow())
                .isIn(
                        "invalid_grant",
                        "invalid_client",
                        "access_denied",
                        "expired_token",
                        "authorization_pending");
        assertThat(asking.books()).isEqualTo(books);
        boolean waits = answer.body().contains("authorization_pending");
        assertThat(asking.strangers() - before).as(answer.body()).isEqualTo(waits ? 0 : 1);
    }

    /** Whether the client itself has ended, and not only what one of its instances has. */
    private static boolean isOfClient(End end) {
        return switch (end) {
            case AGENT, AGENT_FOR_GOOD, KEY -> true;
            case PERSON, INSTANCE, MANDATE, MANDATE_COMPLETED, MANDATE_EXPIRED -> false;
        };
    }

    /** At every endpoint where a published client asks, beside another that does as it did. */
    private static void assertClientIsRefused(Asking asking, Value.Fields tokens) {
        PublishedClient client = asking.published;
        String other = client.alsoAt("/other.json");
        DpopSigner others = new DpopSigner(Forgeries.ed25519());
        String refresh = tokens.text("refresh_token").orElseThrow();
        for (String path :
                List.of(
                        "/oauth2/par",
                        "/oauth2/device_authorization",
                        "/oauth2/introspect",
                        "/oauth2/revoke")) {
            Map<String, String> form = new LinkedHashMap<>(client.usual());
            form.put("token", refresh);
            List<Value> books = asking.books();
            long before = asking.strangers();
            Asking.assertError(client.post(path, form, Optional.of(client.key)), "invalid_client");
            assertThat(asking.strangers() - before).as(path).isEqualTo(1);
            form.put("client_id", other);
            assertThat(client.post(path, form, Optional.of(others)).statusCode())
                    .as("another client at " + path)
                    .isIn(200, 201);
            assertThat(asking.books()).as(path).isEqualTo(books);
        }
    }

    private static void end(Asking asking, End end) {
        KnockedGateway gateway = asking.gateway;
        switch (end) {
            case PERSON -> act(gateway, "people/suspend", "person", asking.person);
            case AGENT -> {
                for (Value one : gateway.operatorList("agents/list")) {
                    act(gateway, "agents/suspend", "agent", text(one, "agent"));
                }
            }
            case INSTANCE -> {
                for (Value one : gateway.operatorList("agents/list")) {
                    for (Value instance : ((Value.Fields) one).items("instances")) {
                        act(gateway, "instances/revoke", "instance", text(instance, "instance"));
                    }
                }
            }
            case AGENT_FOR_GOOD -> {
                for (Value one : gateway.operatorList("agents/list")) {
                    act(gateway, "agents/revoke", "agent", text(one, "agent"));
                }
            }
            case KEY -> {
                for (Value one : gateway.operatorList("agents/list")) {
                    for (Value instance : ((Value.Fields) one).items("instances")) {
                        act(gateway, "agentkeys/revoke", "key", text(instance, "key"));
                    }
                }
            }
            case MANDATE, MANDATE_COMPLETED -> {
                String how = end == End.MANDATE ? "mandates/revoke" : "mandates/complete";
                for (Value one : gateway.operatorList("mandates/list")) {
                    act(gateway, how, "mandate", text(one, "id"));
                }
            }
            case MANDATE_EXPIRED -> asking.wait(Duration.ofHours(1).plusSeconds(1));
        }
    }

    private static String text(Value value, String name) {
        return value instanceof Value.Fields fields
                ? fields.text(name).orElseThrow(() -> new AssertionError(fields.json()))
                : "";
    }

    private static void act(KnockedGateway gateway, String act, String name, String id) {
        Value.Fields said =
                gateway.operator(
                        act, Value.object().put(name, id).put("why", "it must end").build());
        assertThat(said.get("error")).isEqualTo(Optional.empty());
        assertThat(Map.copyOf(said.values())).isNotEmpty();
    }
}
