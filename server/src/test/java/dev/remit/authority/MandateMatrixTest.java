package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.authority.Crew.Member;
import dev.remit.authority.EndedCrew.Origin;
import dev.remit.call.Value;
import dev.remit.ledger.Event;
import dev.remit.testkit.AttackCase;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * An agent as good as ever whose mandate, or the person who gave it, has ended: at every door that
 * what it stands for matters at. A token of its own name it still gets; that is worth nothing.
 */
final class MandateMatrixTest {
    @TempDir Path data;

    private enum End {
        PERSON_SUSPENDED,
        REVOKED,
        COMPLETED,
        EXPIRED,
        IDLE
    }

    private enum At {
        EXCHANGE,
        INTROSPECTION,
        CALL,
        FOR_A_PERSON,
        BACKCHANNEL;

        /** The last two go to a person, and ask no mandate. */
        boolean exists(End end) {
            return end == End.PERSON_SUSPENDED || (this != FOR_A_PERSON && this != BACKCHANNEL);
        }
    }

    @TestFactory
    @AttackCase("OAUTH-027")
    Stream<DynamicTest> whatStoodForItIsWorthNothing() {
        return Stream.of(End.values())
                .map(end -> DynamicTest.dynamicTest(end.name(), () -> assertAll(end)));
    }

    private void assertAll(End end) throws Exception {
        try (EndedCrew crew = new EndedCrew(data.resolve(end.name()))) {
            List<Cell> cells =
                    Stream.of(At.values())
                            .filter(at -> at.exists(end))
                            .map(at -> new Cell(crew, end, at))
                            .toList();
            cells.forEach(Cell::assertServedBefore);
            switch (end) {
                case PERSON_SUSPENDED -> crew.act("people/suspend", "person", crew.person);
                case REVOKED, COMPLETED -> cells.forEach(Cell::end);
                case EXPIRED, IDLE -> TimeUnit.SECONDS.sleep(5);
            }
            cells.forEach(Cell::assertRefused);
            if (end == End.PERSON_SUSPENDED) {
                crew.act("people/restore", "person", crew.person);
                cells.forEach(Cell::assertRefusedStillIfByMandate);
                TimeUnit.MILLISECONDS.sleep(2); // the log's times are in milliseconds
            }
            cells.forEach(Cell::assertServedUnderAnother);
        }
    }

    /** One cell: what works, is ended, does not work, and does under another mandate. */
    private static final class Cell {
        private final EndedCrew crew;
        private final End end;
        private final At at;
        private final Member member;
        private String mandate;
        private String token;

        Cell(EndedCrew crew, End end, At at) {
            this.crew = crew;
            this.end = end;
            this.at = at;
            this.member = crew.join(Origin.CODE, crew.other).member();
            this.mandate = mandate(end);
            this.token = token();
        }

        private String mandate(End how) {
            Value echo = Value.object().put("tool", "desk.echo").build();
            Value.Building asked =
                    Value.object()
                            .put("agent", member.agent())
                            .put("task", "echo it again, with help")
                            .put("lives", how == End.EXPIRED ? "PT4S" : "PT1H")
                            .put("permissions", new Value.Items(List.of(echo)))
                            .put("delegates", Value.ofTexts(List.of(crew.crew().worker.agent())));
            if (how == End.IDLE) {
                asked.put("limits", Value.object().put("idle", "PT4S").build());
            }
            return crew.siege()
                    .gateway
                    .operator("mandates/new", asked.build())
                    .text("id")
                    .orElseThrow();
        }

        private String token() {
            Map<String, String> form = crew.crew().authenticated(member);
            form.put("grant_type", "client_credentials");
            form.put("mandate", mandate);
            return Crew.token(crew.crew().send(member, form));
        }

        void assertServedBefore() {
            assertServed("before");
        }

        private void assertServed(String when) {
            HttpResponse<String> answer = ask();
            assertThat(isServed(answer)).as("%s %s %s: %s", at, when, end, answer.body()).isTrue();
        }

        void end() {
            crew.act(
                    end == End.REVOKED ? "mandates/revoke" : "mandates/complete",
                    "mandate",
                    mandate);
        }

        void assertRefused() {
            List<Event> before = crew.siege().gateway.events();
            List<Value> books = crew.siege().books();
            int upstream = crew.siege().upstream.calls().size();
            HttpResponse<String> answer = ask();
            String cell = at + " after " + end + ": " + answer.statusCode() + " " + answer.body();
            assertThat(isServed(answer)).as(cell).isEqualTo(at == At.BACKCHANNEL);
            assertThat(answer.body()).as(cell).doesNotContain("access_token\":");
            assertThat(crew.siege().upstream.calls()).as(cell).hasSize(upstream);
            assertThat(crew.siege().books()).as(cell).isEqualTo(books);
            List<Event> events = crew.siege().gateway.events();
            List<Event> since = events.subList(before.size(), events.size());
            switch (at) {
                case EXCHANGE, FOR_A_PERSON -> {
                    assertThat(answer.statusCode()).as(cell).isEqualTo(400);
                    assertThat(since)
                            .as(cell)
                            .singleElement()
                            .isInstanceOf(Event.StrangerRefused.class);
                }
                case CALL ->
                        assertThat(since)
                                .as(cell)
                                .singleElement()
                                .isInstanceOfSatisfying(
                                        Event.Decided.class,
                                        one ->
                                                assertThat(one.ruling())
                                                        .isInstanceOf(Event.Ruling.Refused.class));
                case INTROSPECTION -> {
                    assertThat(answer.body()).as(cell).isEqualTo("{\"active\":false}");
                    assertThat(since).as(cell).isEmpty();
                }
                case BACKCHANNEL -> // whether there is such a person is not told
                        assertThat(since).as(cell).isEmpty();
            }
        }

        /** A restoration brings nothing back that was given before. */
        void assertRefusedStillIfByMandate() {
            if (at != At.FOR_A_PERSON && at != At.BACKCHANNEL) {
                assertRefused();
            }
        }

        void assertServedUnderAnother() {
            mandate = mandate(End.REVOKED);
            token = token();
            assertServed("under another after");
        }

        private HttpResponse<String> ask() {
            Crew all = crew.crew();
            return switch (at) {
                case EXCHANGE -> all.send(all.worker, all.exchange(all.worker, token));
                case CALL -> all.call(member, token, "echo");
                case FOR_A_PERSON -> crew.forPerson(member);
                case INTROSPECTION -> post("/oauth2/introspect", Map.of("token", token));
                case BACKCHANNEL -> {
                    Map<String, String> form = new LinkedHashMap<>();
                    form.put("resource", crew.siege().gateway.issuer() + "/mcp");
                    form.put("authorization_details", PublishedClient.WISH);
                    form.put("login_hint", crew.person);
                    yield post("/oauth2/bc-authorize", form);
                }
            };
        }

        private HttpResponse<String> post(String path, Map<String, String> more) {
            Map<String, String> form = crew.crew().authenticated(member);
            form.putAll(more);
            return crew.siege()
                    .gateway
                    .send(
                            HttpRequest.newBuilder(URI.create(crew.siege().gateway.issuer() + path))
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .POST(
                                            HttpRequest.BodyPublishers.ofString(
                                                    PublishedClient.form(form)))
                                    .build());
        }

        private boolean isServed(HttpResponse<String> answer) {
            return switch (at) {
                case EXCHANGE, FOR_A_PERSON, BACKCHANNEL -> answer.statusCode() == 200;
                case INTROSPECTION -> answer.body().contains("\"active\":true");
                case CALL ->
                        answer.statusCode() == 200 && !answer.body().contains("\"isError\":true");
            };
        }
    }
}
