package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.authority.Crew.Member;
import dev.remit.authority.Handing.Child;
import dev.remit.call.Value;
import dev.remit.identity.DelegationStep;
import dev.remit.identity.DpopSigner;
import dev.remit.identity.Jws;
import dev.remit.ledger.Event;
import dev.remit.main.Config;
import dev.remit.testkit.AttackCase;
import dev.remit.testkit.Ports;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a key passes on by its signature, at a whole gateway; and every way to get more by it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DelegationTest {
    private static final String ECHO = Handing.part("p1", "desk.echo");
    private static final String ASK = Handing.part("p2", "desk.ask");

    private Siege siege = unset();
    private Crew crew = unset();
    private Member worker = unset();
    private Handing handing = unset();

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // set before every test
    private static <T> T unset() {
        return null;
    }

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        siege = new Siege(folder, new DpopSigner(Forgeries.p256()));
        crew = new Crew(siege);
    }

    @AfterAll
    void stop() {
        siege.close();
    }

    @BeforeEach
    void give() {
        worker = crew.join("w" + System.nanoTime());
        handing = new Handing(crew, crew.mandate(worker, Handing.both()));
    }

    private Member member(Child child, String token) {
        return new Member(worker.agent(), Handing.client(token), child.key());
    }

    private void refused(Child by, Map<String, String> form, String why) {
        HttpResponse<String> answer =
                Refused.byAuthority(
                        siege,
                        crew.request(by.key(), PublishedClient.form(form)),
                        "invalid_request",
                        "grant-refused");
        assertThat(answer.body()).contains("`" + why + "`");
    }

    private void refused(Child child, String why) {
        refused(child, Handing.form(child.chain().text()), why);
    }

    private Map<String, String> own(Member by) {
        Map<String, String> form = crew.authenticated(by);
        form.put("grant_type", "client_credentials");
        return form;
    }

    @Test
    void aChildGetsWhatWasSignedAndItsTokenNamesThoseBehindIt() {
        Child first = handing.from(worker, ECHO + "," + ASK);
        Child second = handing.from(first, ECHO);
        String token = handing.token(second);
        Value.Fields claims = Jws.read(token).orElseThrow().claims();
        Value.Fields act = claims.fields("act").orElseThrow();
        Value.Fields middle = act.fields("act").orElseThrow();
        assertThat(claims.text("sub")).contains(worker.agent());
        assertThat(middle.fields("act").orElseThrow().text("client_id")).contains(worker.client());
        Member child = member(second, token);
        assertThat(crew.calls(child, token, "echo")).isTrue();
        assertThat(crew.calls(child, token, "ask")).isFalse();
        assertThat(siege.gateway.events())
                .filteredOn(Event.DelegateEnrolled.class::isInstance)
                .filteredOn(one -> one.toString().contains(worker.client()))
                .as("the one that never came is on record too")
                .hasSize(1);

        String before = handing.token(first);
        assertThat(Handing.client(before)).isEqualTo(middle.text("client_id").orElseThrow());
        assertThat(crew.calls(member(first, before), before, "ask")).isTrue();
        int enrolled = siege.books().toString().length();
        assertThat(Handing.client(handing.token(second))).isEqualTo(child.client());
        assertThat(siege.books().toString()).hasSize(enrolled);
    }

    @Test
    @AttackCase("XCHG-006")
    void aChildRenewsWithItsKeyAndNeverGetsMore() {
        Child child = handing.from(worker, ECHO);
        Member member = member(child, handing.token(child));
        String again = crew.own(member);
        assertThat(crew.calls(member, again, "echo")).isTrue();
        assertThat(crew.calls(member, again, "ask")).isFalse();
        siege.gateway.operator(
                "mandates/widen",
                Value.object()
                        .put("mandate", handing.mandate())
                        .put(
                                "permissions",
                                new Value.Items(
                                        List.of(Value.object().put("tool", "desk.*").build())))
                        .build());
        String root = crew.own(worker);
        for (String token : List.of(again, crew.own(member), handing.token(child))) {
            assertThat(crew.calls(member, token, "there")).isFalse();
            assertThat(crew.calls(member, token, "echo")).isTrue();
        }
        assertThat(crew.calls(worker, root, "there")).as("its parent is widened").isTrue();

        String other = crew.mandate(worker, Handing.both());
        Map<String, String> form = own(member);
        form.put("mandate", other);
        Refused.byAuthority(siege, crew.request(member, form), "invalid_grant", "grant-refused");
        Refused.byAuthority(
                siege,
                crew.request(member, crew.exchange(member, crew.own(worker))),
                "unauthorized_client",
                "grant-refused");
    }

    @Test
    @AttackCase("XCHG-006")
    void anAnswerToItsParentWidensNoChild() {
        Value echo = Value.object().put("tool", "desk.echo").build();
        Member helper = crew.join("h" + System.nanoTime());
        String mandate =
                siege.gateway
                        .operator(
                                "mandates/new",
                                Value.object()
                                        .put("agent", worker.agent())
                                        .put("task", "echo it again, with help")
                                        .put("lives", "PT1H")
                                        .put("limits", Value.object().put("asks", 5).build())
                                        .put("delegates", Value.ofTexts(List.of(helper.agent())))
                                        .put("permissions", new Value.Items(List.of(echo)))
                                        .build())
                        .text("id")
                        .orElseThrow();
        Child child = new Handing(crew, mandate).from(worker, ECHO);
        String token = new Handing(crew, mandate).token(child);
        String root = crew.own(worker);
        String passed = crew.pass(root, helper);
        assertThat(crew.call(worker, root, "there").body()).contains("person-asked");
        String question =
                ((Value.Fields) siege.gateway.operatorList("questions/list").getFirst())
                        .text("question")
                        .orElseThrow();
        siege.gateway.operator(
                "questions/answer",
                Value.object().put("question", question).put("verdict", "for-task").build());

        assertThat(crew.calls(worker, root, "there")).as("its parent was answered").isTrue();
        assertThat(crew.calls(member(child, token), token, "there")).isFalse();
        assertThat(crew.calls(helper, passed, "there")).isFalse();
        assertThat(crew.calls(member(child, token), token, "echo")).isTrue();
        assertThat(crew.calls(helper, passed, "echo")).isTrue();
    }

    @Test
    void whatIsPassedOnMayBePassedOnOnlySoOften() {
        Child last =
                handing.from(worker, ECHO, step -> Handing.with(step, OptionalLong.empty(), 0));
        String token = handing.token(last);
        Member other = crew.another(worker);
        Refused.byAuthority(
                siege,
                crew.request(other, crew.exchange(other, token)),
                "invalid_request",
                "grant-refused");
        Child more =
                handing.from(worker, ECHO, step -> Handing.with(step, OptionalLong.empty(), 1));
        String passed = crew.pass(handing.token(more), other);
        assertThat(crew.calls(other, passed, "echo")).isTrue();
        assertThat(crew.calls(other, passed, "ask")).isFalse();
        Member third = crew.another(worker);
        Refused.byAuthority(
                siege,
                crew.request(third, crew.exchange(third, passed)),
                "invalid_request",
                "grant-refused");
    }

    @Test
    @AttackCase({"XCHG-001", "XCHG-006", "XCHG-007", "XCHG-008"})
    void aChainThatIsNotRightIsRefused() throws IOException {
        Child first = handing.from(worker, ECHO);
        Child good = handing.from(first, ECHO);
        refused(handing.from(first, ASK), "wider");
        refused(handing.from(first, Handing.part("p1", "desk.*")), "wider");
        refused(handing.from(first, Handing.part("p2", "desk.echo")), "wider");
        refused(handing.from(worker, Handing.part("p9", "desk.echo")), "nothing");
        refused(handing.from(worker, Handing.part("p1", "desk.*")), "nothing");
        refused(
                handing.from(
                        worker,
                        "{\"name\":\"p1\",\"tool\":\"desk.echo\",\"arguments\":"
                                + "{\"a\":{\"looks_like\":1}}}"),
                "share");
        refused(
                handing.from(worker, "{\"name\":\"p1\",\"tool\":\"desk.echo\",\"uses\":3}"),
                "share");
        refused(
                handing.from(
                        worker,
                        "{\"name\":\"p1\",\"tool\":\"desk.echo\",\"arguments\":{\"a\":\""
                                + "x".repeat(4_000)
                                + "\"}}"),
                "share");
        refused(handing.from(first, ECHO, s -> Handing.with(s, OptionalLong.empty(), 3)), "depth");
        refused(handing.from(worker, ECHO, s -> Handing.with(s, OptionalLong.empty(), 4)), "depth");
        refused(
                handing.from(worker, ECHO, s -> Handing.with(s, OptionalLong.empty(), -1)),
                "depth");
        refused(handing.from(worker, ECHO, s -> Handing.with(s, OptionalLong.of(0), 0)), "uses");
        Child counted = handing.from(worker, ECHO, s -> Handing.with(s, OptionalLong.of(2), 2));
        refused(handing.from(counted, ECHO, s -> Handing.with(s, OptionalLong.of(3), 1)), "uses");
        refused(handing.from(counted, ECHO, s -> Handing.with(s, OptionalLong.empty(), 1)), "uses");
        refused(handing.from(first, ECHO, DelegationTest::longer), "time");
        refused(
                handing.from(
                        worker,
                        ECHO,
                        s ->
                                Handing.with(
                                        s,
                                        s.issuedAt(),
                                        s.issuedAt().plus(Duration.ofHours(24)).plusSeconds(1))),
                "time");
        refused(
                handing.from(
                        worker,
                        ECHO,
                        s -> Handing.with(s, s.issuedAt().minusSeconds(9), s.issuedAt())),
                "time");
        refused(handing.from(worker, ECHO, DelegationTest::elsewhere), "audience");
        refused(handing.from(first, ECHO, DelegationTest::elsewhere), "audience");
        refused(new Child(first.key(), good.chain()), "key");
        refused(new Handing(crew, "mdt_other").from(worker, ECHO), "mandate");
        refused(
                new Handing(crew, crew.mandate(worker, Handing.both())).from(first, ECHO),
                "mandate");
        refused(
                new Handing(crew, crew.mandate(crew.join("x" + System.nanoTime()), Handing.both()))
                        .from(worker, ECHO),
                "mandate");
        Member thief = new Member(worker.agent(), worker.client(), siege.otherKey);
        refused(handing.from(thief, ECHO), "signature");
        Member nobody = new Member(worker.agent(), "ins_nobody", worker.key());
        refused(handing.from(nobody, ECHO), "root");
        Member child = handing.enrolled(first);
        refused(handing.from(child, ECHO), "root");

        String text = good.chain().text();
        List<String> bad = new ArrayList<>();
        bad.add("");
        bad.add("~");
        bad.add(text + "~");
        bad.add("~" + text);
        bad.add(text + "~" + text + "~" + text);
        bad.add(crew.own(worker));
        bad.forEach(one -> refused(good, Handing.form(one), "unreadable"));
        String leaf = text.substring(text.indexOf('~') + 1);
        refused(good, Handing.form(leaf), "root");
        refused(good, Handing.form(leaf + "~" + text.substring(0, text.indexOf('~'))), "root");
        refused(good, Handing.form(text + "~" + leaf), "signature");
        Child sibling = handing.from(worker, ECHO);
        refused(good, Handing.form(sibling.chain().text() + "~" + leaf), "signature");
        assertThat(handing.send(good).statusCode()).isEqualTo(200);
    }

    private static DelegationStep elsewhere(DelegationStep step) {
        return new DelegationStep(
                step.issuer(),
                step.audience() + "/",
                step.mandate(),
                step.share(),
                step.key(),
                step.issuedAt(),
                step.expiresAt(),
                step.uses(),
                step.depth(),
                step.parent(),
                step.id());
    }

    private static DelegationStep longer(DelegationStep step) {
        return Handing.with(step, step.issuedAt(), step.expiresAt().plusSeconds(1));
    }

    @Test
    @AttackCase("DPOP-002")
    void aStolenChainIsWorthNothing() {
        Child child = handing.from(worker, ECHO);
        refused(new Child(siege.otherKey, child.chain()), "key");
        assertThat(handing.send(child).statusCode()).isEqualTo(200);
    }

    @Test
    void usesAreCountedExactlyByManyAtOnceAndAfterARestart(@TempDir Path folder)
            throws IOException, InterruptedException, ExecutionException {
        Config config = Config.usual().on(Ports.free());
        DpopSigner key = new DpopSigner(Forgeries.ed25519());
        Child parent;
        Child child;
        Member root;
        String mandate;
        try (Siege besieged = new Siege(folder, config, InstantSource.system(), key)) {
            Crew there = new Crew(besieged);
            root = there.worker;
            mandate = there.mandate(root, Handing.both());
            Handing hand = new Handing(there, mandate);
            parent = hand.from(root, ECHO, step -> Handing.with(step, OptionalLong.of(7), 2));
            child = hand.from(parent, ECHO, step -> Handing.with(step, OptionalLong.of(5), 1));
            String token = hand.token(child);
            Member one = new Member(root.agent(), Handing.client(token), child.key());
            assertThat(atOnce(there, one, token)).isEqualTo(5);
            assertThat(there.call(one, token, "echo").body()).contains("delegation-spent");
        }
        try (Siege besieged = new Siege(folder, config, InstantSource.system(), key)) {
            Crew there = new Crew(besieged);
            Handing hand = new Handing(there, mandate);
            String token = hand.token(child);
            Member one = new Member(root.agent(), Handing.client(token), child.key());
            assertThat(there.calls(one, token, "echo")).isFalse();
            String above = hand.token(parent);
            Member two = new Member(root.agent(), Handing.client(above), parent.key());
            assertThat(atOnce(there, two, above))
                    .as("its child's calls are its own too")
                    .isEqualTo(2);
        }
    }

    private static int atOnce(Crew crew, Member by, String token)
            throws InterruptedException, ExecutionException {
        int before = crew.siege.upstream.calls().size();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<HttpResponse<String>> call = () -> crew.call(by, token, "echo");
            List<Callable<HttpResponse<String>>> calls =
                    Stream.generate(() -> call).limit(64).toList();
            for (Future<HttpResponse<String>> one : threads.invokeAll(calls)) {
                assertThat(one.get().statusCode()).isEqualTo(200);
            }
        }
        return crew.siege.upstream.calls().size() - before;
    }
}
