package dev.remit.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.gateway.rig.FakeHttpServer;
import dev.remit.gateway.rig.Leave;
import dev.remit.gateway.rig.TestAgent;
import dev.remit.gateway.rig.TestGateway;
import dev.remit.ledger.Event;
import dev.remit.testkit.AttackCase;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** What is asked in another form than the standard's gets no decision. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StrictQuestionsTest {
    private final FakeHttpServer server = new FakeHttpServer();
    private final TestGateway gateway = new TestGateway(server.settings("desk", Map.of()));
    private final Questioner bridge = Questioner.point(gateway, "bridge");
    private final TestAgent agent = gateway.agent(Leave.toCall("desk.echo"));
    private final Questioner self = Questioner.agent(gateway, agent);

    @BeforeAll
    void see() {
        agent.tools("/mcp/desk"); // so that the tools are known
    }

    @AfterAll
    void close() {
        gateway.close();
        server.close();
    }

    private String good() {
        return question("{}", "");
    }

    /** A good question, with these arguments, and this after its first brace. */
    private String question(String arguments, String more) {
        return "{"
                + more
                + Questioner.question(
                                "instance", agent.instance().id().text(), "desk.echo", arguments)
                        .substring(1);
    }

    private String wrong(String from, String to) {
        assertThat(good()).contains(from);
        return good().replace(from, to);
    }

    private static String deep(int levels) {
        return "[".repeat(levels) + "]".repeat(levels);
    }

    private Map<String, String> malformed() {
        String id = agent.instance().id().text();
        return Map.ofEntries(
                Map.entry("a subject twice", question("{}", "'subject':{'type':'a','id':'b'},")),
                Map.entry("an id twice", wrong("'id':'" + id, "'id':'ins_x','id':'" + id)),
                Map.entry("an argument twice", question("{'to':'a','to':'b'}", "")),
                Map.entry("an unknown member twice", question("{}", "'x':1,'x':2,")),
                Map.entry(
                        "null for the subject",
                        wrong("{'type':'instance','id':'" + id + "'}", "null")),
                Map.entry("null for an id", wrong("'" + id + "'", "null")),
                Map.entry(
                        "a list for the subject",
                        wrong("{'type':'instance','id':'" + id + "'}", "[]")),
                Map.entry("a number for an id", wrong("'" + id + "'", "7")),
                Map.entry("a list for the action", wrong("'tools/call'", "['tools/call']")),
                Map.entry("a text for the arguments", question("'{}'", "")),
                Map.entry("null for the arguments", question("null", "")),
                Map.entry("a list for the properties", wrong("{'arguments':{}}", "[]")),
                Map.entry("a text for the context", question("{}", "'context':'now',")),
                Map.entry("a number for the mandate", question("{}", "'context':{'mandate':1},")),
                Map.entry(
                        "a number that readers disagree on",
                        question("{'n':12345678901234567890}", "")),
                Map.entry("too deep", question("{'a':" + deep(1_000) + "}", "")),
                Map.entry(
                        "too deep, in what is ignored", question("{}", "'x':" + deep(1_000) + ",")),
                Map.entry("a list", "[" + good() + "]"),
                Map.entry("two", good() + good()),
                Map.entry("half", good().substring(0, good().length() / 2)),
                Map.entry("a text", "'allow'"));
    }

    @TestFactory
    @AttackCase("PDP-003")
    Stream<DynamicTest> whatIsMalformedGetsNoDecision() {
        return malformed().entrySet().stream()
                .flatMap(
                        one ->
                                Stream.of(bridge, self)
                                        .map(
                                                asker ->
                                                        DynamicTest.dynamicTest(
                                                                one.getKey(),
                                                                () ->
                                                                        refused(
                                                                                asker,
                                                                                one.getValue()))));
    }

    private void refused(Questioner asker, String question) {
        for (String endpoint : List.of("evaluation", "evaluations")) {
            long before = gateway.store().size();
            Questioner.Told told = asker.ask(endpoint, question);
            assertThat(told.status()).isEqualTo(400);
            assertThat(told.body().get("decision")).isEmpty();
            assertThat(told.body().text("title")).isPresent();
            assertThat(gateway.store().size()).isEqualTo(before + 1);
        }
        assertThat(asker.ask("evaluation", good()).decision()).isTrue();
    }

    @Test
    @AttackCase("PDP-003")
    void whatIsTooLargeIsNotRead() {
        String large = question("{}", "'x':'" + "x".repeat(10 * 1024 * 1024) + "',");
        for (Questioner asker : List.of(bridge, self)) {
            assertThat(asker.ask("evaluation", large).status()).isEqualTo(413);
        }
        assertThat(gateway.written(Event.CallUnreadable.class).getLast().refusal())
                .isEqualTo("too-large");
        String fits = question("{}", "'x':'" + "x".repeat(1024 * 1024 - 1_000) + "',");
        assertThat(bridge.ask("evaluation", fits).decision()).isTrue();
    }

    private Questioner.Told batch(String more, String... items) {
        return bridge.ask(
                "evaluations", "{" + more + "'evaluations':[" + String.join(",", items) + "]}");
    }

    @Test
    @AttackCase("PDP-003")
    void oneThatIsIllFormedTellsNothingOfTheOthers() {
        String alone = batch("", "{'subject':null}", "7").text();
        Questioner.Told told = batch("", "{'subject':null}", "7", good());
        assertThat(told.decisions()).containsExactly(false, false, true);
        assertThat(told.all("evaluations").subList(0, 2).toString())
                .isEqualTo(batch("", "{'subject':null}", "7").all("evaluations").toString());
        assertThat(alone).doesNotContain("desk", agent.instance().id().text());
        String inherits = "'subject':{'type':'instance','id':'" + agent.instance().id() + "'},";
        assertThat(
                        batch(inherits, wrong("'subject':{", "'subject':null,'x':{"), good())
                                .decisions())
                .as("null is not the same as left out")
                .containsExactly(false, true);
    }

    @Test
    @AttackCase("PDP-004")
    void eachSemanticGoesAsFarAsItSays() {
        String yes = good();
        String no = wrong("desk.echo", "desk.slow");
        String bad = "{'subject':7}";
        assertThat(semantic("execute_all", no, yes, bad, yes))
                .containsExactly(false, true, false, true);
        assertThat(batch("'options':{},", no, yes).decisions()).containsExactly(false, true);
        assertThat(semantic("deny_on_first_deny", yes, yes, no, yes))
                .containsExactly(true, true, false);
        assertThat(semantic("deny_on_first_deny", yes, bad, yes)).containsExactly(true, false);
        assertThat(semantic("deny_on_first_deny", yes, yes)).containsExactly(true, true);
        assertThat(semantic("permit_on_first_permit", no, bad, yes, yes))
                .containsExactly(false, false, true);
        assertThat(semantic("permit_on_first_permit", no, no)).containsExactly(false, false);
    }

    private List<Boolean> semantic(String name, String... items) {
        int decided = gateway.written(Event.Decided.class).size();
        List<Boolean> told =
                batch("'options':{'evaluations_semantic':'" + name + "'},", items).decisions();
        long bad =
                List.of(items).subList(0, told.size()).stream()
                        .filter("{'subject':7}"::equals)
                        .count();
        assertThat(gateway.written(Event.Decided.class))
                .as("what was not reached is not decided")
                .hasSizeLessThanOrEqualTo(decided + told.size() - (int) bad);
        return told;
    }

    @Test
    @AttackCase("PDP-004")
    void whatHoldsForAllIsWrongForAll() {
        for (String more :
                List.of(
                        "'options':7,",
                        "'options':{'evaluations_semantic':'any'},",
                        "'options':{'evaluations_semantic':null},",
                        "'options':{'evaluations_semantic':['execute_all']},",
                        "'subject':'alice',",
                        "'action':{},",
                        "'resource':{'type':'tool'},",
                        "'context':7,")) {
            long before = gateway.written(Event.Decided.class).size();
            assertThat(batch(more, good()).status()).as(more).isEqualTo(400);
            assertThat(gateway.written(Event.Decided.class)).hasSize((int) before);
        }
        assertThat(bridge.ask("evaluations", question("{}", "'evaluations':{},")).status())
                .isEqualTo(400);
        assertThat(bridge.ask("evaluations", question("{}", "'evaluations':null,")).status())
                .isEqualTo(400);
    }

    @Test
    @AttackCase("PDP-004")
    void asManyAsItSaysAndNotOneMore() {
        int decided = gateway.written(Event.Decided.class).size();
        for (int many : List.of(101, 10_000)) {
            String[] items = Collections.nCopies(many, "{}").toArray(String[]::new);
            assertThat(batch("", items).status()).isEqualTo(413);
        }
        assertThat(gateway.written(Event.Decided.class)).hasSize(decided);
        String[] most = Collections.nCopies(100, good()).toArray(String[]::new);
        assertThat(batch("", most).decisions()).hasSize(100).doesNotContain(false);
    }

    @Test
    void otherMethodsAndPathsAreNotServed() {
        for (String method : List.of("GET", "PUT", "DELETE")) {
            Questioner.Told told =
                    bridge.send(method, "/access/v1/evaluation", new byte[0], Map.of());
            assertThat(told.status()).isEqualTo(405);
            assertThat(told.response().headers().firstValue("Allow")).contains("POST");
        }
        byte[] body = good().replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        for (String path :
                List.of(
                        "/access",
                        "/access/v1",
                        "/access/v1/evaluation/",
                        "/access/v2/evaluation")) {
            assertThat(
                            bridge.send(
                                            "POST",
                                            path,
                                            body,
                                            Map.of("Content-Type", "application/json"))
                                    .status())
                    .isEqualTo(404);
        }
    }
}
