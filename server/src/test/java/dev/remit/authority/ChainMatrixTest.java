package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.authority.Crew.Member;
import dev.remit.authority.Handing.Child;
import dev.remit.call.Value;
import dev.remit.identity.DpopSigner;
import dev.remit.ledger.Event;
import dev.remit.testkit.AttackCase;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * A grandchild by signature, and every way in which what it hangs from can end: at once it gets no
 * token, makes no call, hears nothing, and what it has under way is cut short. One under another
 * mandate goes on.
 */
final class ChainMatrixTest {
    private static final long PATIENCE_SECONDS = 20;
    private static final Duration BOUND = Duration.ofSeconds(1);
    private static final String ALL = Handing.part("p1", "desk.*");

    @TempDir private Path data;

    private enum End {
        MANDATE_REVOKED,
        MANDATE_COMPLETED,
        MANDATE_EXPIRED,
        GIVER_SUSPENDED,
        AGENT_SUSPENDED,
        AGENT_REVOKED,
        ROOT_REVOKED,
        ROOT_KEY_REVOKED,
        PARENT_REVOKED,
        PARENT_KEY_REVOKED,
        PARENT_TIME_UP
    }

    /** Somebody, and what they hang from. */
    private record Family(
            Member root,
            String mandate,
            Child parent,
            Child child,
            Child late,
            Member member,
            String token) {}

    @TestFactory
    @AttackCase({"REV-003", "REV-005", "REV-006", "XCHG-011"})
    Stream<DynamicTest> whoHangsFromWhatHasEndedGetsNothing() {
        return Stream.of(End.values())
                .map(end -> DynamicTest.dynamicTest(end.name(), () -> assertEnds(end)));
    }

    private void assertEnds(End end) throws Exception {
        try (Siege siege = new Siege(data.resolve(end.name()), new DpopSigner(Forgeries.p256()))) {
            Crew crew = new Crew(siege);
            boolean brief = end == End.MANDATE_EXPIRED || end == End.PARENT_TIME_UP;
            Instant until = Instant.now().plusSeconds(brief ? 8 : 1_800);
            Family ends = family(crew, "ends", end, until);
            Family stays = family(crew, "stays", End.MANDATE_REVOKED, until.plusSeconds(600));
            Member other = crew.another(ends.root());
            assertServed(crew, ends, other);
            Supplier<Long> hears = OpenStream.listen(crew, ends.member(), ends.token())::endedAt;
            CompletableFuture<Long> stream = running(hears);
            CompletableFuture<Long> call = running(() -> cut(crew, ends));
            CompletableFuture<Long> beside = running(() -> cut(crew, stays));
            while (siege.upstream.calls().stream()
                            .filter(one -> one.message().json().contains("\"hang\""))
                            .count()
                    < 2) {
                Thread.sleep(10);
            }
            assertThat(stream).isNotDone();
            assertThat(call).isNotDone();

            end(crew, end, ends);
            if (brief) {
                Thread.sleep(Math.max(0, Duration.between(Instant.now(), until).toMillis()));
            }
            long ended = System.nanoTime();
            assertThat(call.get(PATIENCE_SECONDS, TimeUnit.SECONDS) - ended)
                    .isLessThan(BOUND.toNanos());
            assertThat(stream.get(PATIENCE_SECONDS, TimeUnit.SECONDS) - ended)
                    .isLessThan(BOUND.toNanos());
            assertRefused(crew, "the chain", () -> crew.send(ends.member(), chain(ends)));
            assertRefused(
                    crew,
                    "a chain that comes late",
                    () -> new Handing(crew, ends.mandate()).send(ends.late()));
            assertRefused(crew, "renewing", () -> crew.send(ends.member(), own(crew, ends)));
            assertRefused(
                    crew,
                    "passing it on",
                    () -> crew.send(other, crew.exchange(other, ends.token())));
            assertRefused(crew, "a call", () -> crew.call(ends.member(), ends.token(), "echo"));
            if (end != End.GIVER_SUSPENDED) { // who gave both
                assertThat(beside).isNotDone();
                assertServed(crew, stays, crew.another(stays.root()));
            }
        }
    }

    private static Family family(Crew crew, String name, End end, Instant until) {
        Member root = crew.join(name);
        Duration lives =
                end == End.MANDATE_EXPIRED
                        ? Duration.between(Instant.now(), until)
                        : Duration.ofHours(1);
        String mandate =
                crew.siege
                        .gateway
                        .operator(
                                "mandates/new",
                                Value.object()
                                        .put("agent", root.agent())
                                        .put("task", "echo it again, with help")
                                        .put("lives", lives.toString())
                                        .put(
                                                "permissions",
                                                new Value.Items(
                                                        List.of(
                                                                Value.object()
                                                                        .put("tool", "desk.*")
                                                                        .build())))
                                        .build())
                        .text("id")
                        .orElseThrow();
        Handing handing = new Handing(crew, mandate);
        Child parent =
                handing.from(
                        root,
                        ALL,
                        step ->
                                end == End.PARENT_TIME_UP
                                        ? Handing.with(step, step.issuedAt(), whole(until))
                                        : step);
        Child child = handing.from(parent, ALL);
        String token = handing.token(child);
        return new Family(
                root,
                mandate,
                parent,
                child,
                handing.from(parent, ALL),
                new Member(root.agent(), Handing.client(token), child.key()),
                token);
    }

    private static Instant whole(Instant until) {
        return Instant.ofEpochSecond(until.getEpochSecond());
    }

    private static Map<String, String> chain(Family of) {
        return Handing.form(of.child().chain().text());
    }

    private static Map<String, String> own(Crew crew, Family of) {
        Map<String, String> form = crew.authenticated(of.member());
        form.put("grant_type", "client_credentials");
        return form;
    }

    private static CompletableFuture<Long> running(Supplier<Long> what) {
        return CompletableFuture.supplyAsync(what, task -> Thread.ofVirtual().start(task));
    }

    /** A call that ends when it is cut short; when that was. */
    private static long cut(Crew crew, Family by) {
        assertThat(crew.call(by.member(), by.token(), "hang").body()).contains("\"underWay\":true");
        return System.nanoTime();
    }

    private static void assertServed(Crew crew, Family one, Member other) {
        assertThat(crew.send(one.member(), chain(one)).statusCode()).isEqualTo(200);
        assertThat(crew.send(one.member(), own(crew, one)).statusCode()).isEqualTo(200);
        assertThat(crew.send(other, crew.exchange(other, one.token())).statusCode()).isEqualTo(200);
        assertThat(crew.calls(one.member(), one.token(), "echo")).isTrue();
    }

    private static void assertRefused(
            Crew crew, String what, Supplier<HttpResponse<String>> asking) {
        int before = crew.siege.gateway.events().size();
        List<Value> books = crew.siege.books();
        int arrived = crew.siege.upstream.calls().size();
        HttpResponse<String> answer = asking.get();
        List<Event> events = crew.siege.gateway.events();
        assertThat(answer.statusCode()).as(what + answer.body()).isIn(200, 400, 401);
        assertThat(answer.body()).as(what).doesNotContain("access_token\":");
        assertThat(crew.siege.upstream.calls()).as(what).hasSize(arrived);
        assertThat(crew.siege.books()).as(what).isEqualTo(books);
        assertThat(events.subList(before, events.size()))
                .as(what)
                .singleElement()
                .matches(
                        one ->
                                one instanceof Event.StrangerRefused
                                        || (one instanceof Event.Decided decided
                                                && decided.ruling()
                                                        instanceof Event.Ruling.Refused));
    }

    private static void end(Crew crew, End end, Family one) {
        switch (end) {
            case MANDATE_REVOKED -> act(crew, "mandates/revoke", "mandate", one.mandate());
            case MANDATE_COMPLETED -> act(crew, "mandates/complete", "mandate", one.mandate());
            case GIVER_SUSPENDED -> act(crew, "people/suspend", "person", giver(crew));
            case AGENT_SUSPENDED -> act(crew, "agents/suspend", "agent", one.root().agent());
            case AGENT_REVOKED -> act(crew, "agents/revoke", "agent", one.root().agent());
            case ROOT_REVOKED -> act(crew, "instances/revoke", "instance", one.root().client());
            case ROOT_KEY_REVOKED -> act(crew, "agentkeys/revoke", "key", print(one.root().key()));
            case PARENT_REVOKED ->
                    act(
                            crew,
                            "instances/revoke",
                            "instance",
                            new Handing(crew, one.mandate()).enrolled(one.parent()).client());
            case PARENT_KEY_REVOKED ->
                    act(crew, "agentkeys/revoke", "key", print(one.parent().key()));
            case MANDATE_EXPIRED, PARENT_TIME_UP -> {} // by themselves
        }
    }

    private static String giver(Crew crew) {
        return ((Value.Fields) crew.siege.gateway.operatorList("people/list").getFirst())
                .text("person")
                .orElseThrow();
    }

    private static String print(DpopSigner key) {
        return key.publicKey().thumbprint().base64Url();
    }

    private static void act(Crew crew, String act, String name, String what) {
        Value.Fields said =
                crew.siege.gateway.operator(
                        act, Value.object().put(name, what).put("why", "it must end").build());
        assertThat(said.get("title")).as(act).isEmpty();
    }
}
