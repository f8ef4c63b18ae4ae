package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.authority.Asking.Asked;
import dev.remit.authority.Asking.Way;
import dev.remit.call.Value;
import dev.remit.ledger.Event;
import dev.remit.testkit.AttackCase;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
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
        MANDATE
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
            case MANDATE -> moment != Moment.BEFORE_THE_ANSWER;
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
                if (end != End.AGENT) { // that may be given a mandate, but does not get to use it
                    assertThat(asking.gateway.events())
                            .noneMatch(Event.MandateGiven.class::isInstance);
                }
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
                Asking.assertError(
                        asking.published.token(asking.published.byRefresh(tokens)),
                        "invalid_grant");
                assertThat(asking.books()).isEqualTo(books);
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
                .isIn("invalid_grant", "invalid_client", "access_denied", "authorization_pending");
        assertThat(asking.books()).isEqualTo(books);
        assertThat(asking.strangers() - before).isLessThanOrEqualTo(1);
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
            case MANDATE -> {
                for (Value one : gateway.operatorList("mandates/list")) {
                    act(gateway, "mandates/revoke", "mandate", text(one, "id"));
                }
            }
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
