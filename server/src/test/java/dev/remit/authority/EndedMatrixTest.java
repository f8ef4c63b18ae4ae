package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.authority.Crew.Member;
import dev.remit.authority.EndedCrew.Origin;
import dev.remit.authority.EndedCrew.Somebody;
import dev.remit.call.Value;
import dev.remit.ledger.Event;
import dev.remit.testkit.AttackCase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever has ended gets nothing, at every door; who has not is served as before. What a person
 * answers is the matter of {@link ConsentMatrixTest}, what authority they gave of {@link
 * MandateMatrixTest}.
 */
final class EndedMatrixTest {
    @TempDir Path data;

    /** What ends, and so whoever came by what. */
    private enum End {
        AGENT_SUSPENDED,
        AGENT_REVOKED,
        INSTANCE,
        INSTANCE_SUSPENDED,
        KEY,
        PASSPORT,
        ISSUER_REVOKED,
        ISSUER_NO_LONGER_TRUSTED;

        Stream<Origin> whose() {
            return switch (this) {
                case AGENT_SUSPENDED, AGENT_REVOKED, INSTANCE, INSTANCE_SUSPENDED, KEY ->
                        Stream.of(Origin.values());
                case PASSPORT -> Stream.of(Origin.PASSPORT);
                case ISSUER_REVOKED, ISSUER_NO_LONGER_TRUSTED -> Stream.of(Origin.STATEMENT);
            };
        }

        boolean isOfAgent() {
            return this == AGENT_SUSPENDED || this == AGENT_REVOKED;
        }
    }

    /** Where one asks, and by which type of grant if it is for a token. */
    private enum At {
        OWN_TOKEN("client_credentials"),
        EXCHANGE_FOR_ITSELF(Exchanges.GRANT),
        EXCHANGE_OF_ITS_TOKEN(Exchanges.GRANT),
        BY_STATEMENT(JwtBearer.GRANT),
        FOR_A_PERSON(JwtBearer.GRANT),
        DEVICE("/oauth2/device_authorization"),
        BACKCHANNEL("/oauth2/bc-authorize"),
        PUSHED("/oauth2/par"),
        INTROSPECTION("/oauth2/introspect"),
        INTROSPECTION_BY_ANOTHER("/oauth2/introspect"),
        REVOCATION("/oauth2/revoke"),
        REGISTRATION("/oauth2/register"),
        CALL("/mcp/desk");

        private final String what;

        At(String what) {
            this.what = what;
        }

        /** Whether somebody of this origin is served here; and whether the end takes that away. */
        boolean exists(Origin origin, End end) {
            return switch (this) {
                case BY_STATEMENT -> origin == Origin.STATEMENT;
                case INTROSPECTION_BY_ANOTHER -> !end.isOfAgent(); // who would be no better
                case REGISTRATION -> // a code is its agent's, whoever brings it
                        origin != Origin.CODE || end.isOfAgent() || end == End.KEY;
                default -> true;
            };
        }
    }

    /** The types of grant whose cells stand in the other matrix. */
    private static final Set<String> ANSWERED_BY_A_PERSON =
            Set.of("authorization_code", "refresh_token", ElsewhereDesk.DEVICE, ElsewhereDesk.CIBA);

    @Test
    @AttackCase("OAUTH-027")
    void everyTypeOfGrantHasItsRow() {
        List<String> rows = new ArrayList<>(ANSWERED_BY_A_PERSON);
        Stream.of(At.values())
                .map(at -> at.what)
                .filter(what -> !what.startsWith("/"))
                .distinct()
                .forEach(rows::add);
        assertThat(rows).containsExactlyInAnyOrderElementsOf(TokenDesk.GRANTS);
    }

    @Test
    @AttackCase("OAUTH-027")
    void everyEndpointHasItsRow() throws IOException {
        try (KnockedGateway gateway = new KnockedGateway(data)) {
            Value.Fields metadata =
                    KnockedGateway.json(
                            gateway.send(
                                    HttpRequest.newBuilder(
                                                    URI.create(
                                                            gateway.issuer()
                                                                    + "/.well-known/oauth-authorization-server"))
                                            .build()));
            List<String> endpoints =
                    metadata.values().keySet().stream()
                            .filter(name -> name.endsWith("_endpoint"))
                            .flatMap(name -> metadata.text(name).stream())
                            .map(address -> URI.create(address).getPath())
                            .toList();
            List<String> rows = new ArrayList<>(List.of("/oauth2/token", "/oauth2/authorize"));
            Stream.of(At.values())
                    .map(at -> at.what)
                    .filter(what -> what.startsWith("/oauth2/"))
                    .distinct()
                    .forEach(rows::add);
            assertThat(rows).containsExactlyInAnyOrderElementsOf(endpoints);
        }
    }

    @TestFactory
    @AttackCase("OAUTH-027")
    Stream<DynamicTest> whoHasEndedGetsNothing() {
        return Stream.of(End.values())
                .flatMap(
                        end ->
                                end.whose()
                                        .map(
                                                origin ->
                                                        DynamicTest.dynamicTest(
                                                                end + " " + origin,
                                                                () -> assertAll(end, origin))));
    }

    private void assertAll(End end, Origin origin) throws IOException {
        try (EndedCrew crew = new EndedCrew(data.resolve(end + "-" + origin))) {
            List<Cell> cells =
                    Stream.of(At.values())
                            .filter(at -> at.exists(origin, end))
                            .map(at -> new Cell(crew, end, at, origin))
                            .toList();
            cells.forEach(Cell::assertServedBefore);
            switch (end) {
                case ISSUER_REVOKED -> crew.act("issuers/revoke", "issuer", crew.issuer.name());
                case ISSUER_NO_LONGER_TRUSTED -> crew.forgetIssuer();
                default -> cells.forEach(Cell::end);
            }
            cells.forEach(Cell::assertRefused);
        }
    }

    /** One cell: what works, is ended, and does not work; beside somebody for whom it does. */
    private static final class Cell {
        private final EndedCrew crew;
        private final End end;
        private final At at;
        private final Somebody ends;
        private final Somebody stays;
        private final Map<Somebody, String> tokens = new LinkedHashMap<>();
        private final Map<Somebody, Member> others = new LinkedHashMap<>();

        Cell(EndedCrew crew, End end, At at, Origin origin) {
            this.crew = crew;
            this.end = end;
            this.at = at;
            this.ends = joined(origin, crew.issuer);
            this.stays = joined(origin, crew.other);
        }

        private Somebody joined(Origin origin, OutsideIssuer by) {
            Somebody one = crew.join(origin, by);
            crew.crew().mandate(one.member(), List.of("desk.echo"), crew.crew().worker);
            if (at == At.INTROSPECTION_BY_ANOTHER) {
                others.put(one, crew.crew().another(one.member()));
            }
            return one;
        }

        private OutsideIssuer issuer(Somebody of) {
            return of.equals(ends) ? crew.issuer : crew.other;
        }

        void assertServedBefore() {
            for (Somebody one : List.of(ends, stays)) {
                if (at == At.EXCHANGE_FOR_ITSELF) {
                    crew.crew()
                            .mandate(
                                    crew.crew().worker,
                                    List.of("desk.echo"),
                                    ends.member(),
                                    stays.member());
                    tokens.put(one, crew.crew().own(crew.crew().worker));
                } else {
                    tokens.put(one, crew.crew().own(one.member()));
                }
            }
            if (at != At.REGISTRATION && at != At.REVOCATION) { // which would spend what they have
                assertServed(ends, "before");
            }
        }

        private void assertServed(Somebody one, String when) {
            HttpResponse<String> answer = ask(one);
            assertThat(isServed(answer)).as("%s %s %s: %s", at, when, end, answer.body()).isTrue();
        }

        void end() {
            Member member = ends.member();
            switch (end) {
                case AGENT_SUSPENDED -> crew.act("agents/suspend", "agent", member.agent());
                case AGENT_REVOKED -> crew.act("agents/revoke", "agent", member.agent());
                case INSTANCE -> crew.act("instances/revoke", "instance", member.client());
                case INSTANCE_SUSPENDED ->
                        crew.act("instances/suspend", "instance", member.client());
                case KEY ->
                        crew.act(
                                "agentkeys/revoke",
                                "key",
                                member.key().publicKey().thumbprint().base64Url());
                case PASSPORT -> crew.act("passports/revoke", "passport", ends.passport());
                case ISSUER_REVOKED, ISSUER_NO_LONGER_TRUSTED ->
                        throw new IllegalArgumentException("ends once for all");
            }
        }

        void assertRefused() {
            List<Event> before = crew.siege().gateway.events();
            List<Value> books = crew.siege().books();
            int upstream = crew.siege().upstream.calls().size();
            HttpResponse<String> answer = ask(ends);
            String cell = at + " after " + end + ": " + answer.statusCode() + " " + answer.body();
            assertDocumented(answer, cell);
            assertThat(answer.body()).doesNotContain("access_token\":");
            assertThat(crew.siege().upstream.calls()).as(cell).hasSize(upstream);
            assertThat(crew.siege().books()).as(cell).isEqualTo(books);
            List<Event> events = crew.siege().gateway.events();
            List<Event> since = events.subList(before.size(), events.size());
            assertThat(since)
                    .as(cell)
                    .hasSize(at == At.INTROSPECTION_BY_ANOTHER ? 0 : 1) // an answer, no refusal
                    .allMatch(Cell::isRefusal);
            if (at == At.PUSHED) {
                return; // an enrolled agent needs no code; the published client has a matrix
            }
            assertServed(stays, "beside");
        }

        private void assertDocumented(HttpResponse<String> answer, String cell) {
            Optional<String> error =
                    at == At.CALL ? Optional.empty() : KnockedGateway.json(answer).text("error");
            switch (at) {
                case CALL -> {
                    assertThat(answer.statusCode()).as(cell).isIn(200, 401);
                    assertThat(isServed(answer)).as(cell).isFalse();
                }
                case INTROSPECTION_BY_ANOTHER ->
                        assertThat(answer.body()).as(cell).isEqualTo("{\"active\":false}");
                case EXCHANGE_OF_ITS_TOKEN -> { // who asks is good
                    assertThat(answer.statusCode()).as(cell).isEqualTo(400);
                    assertThat(error).as(cell).contains("invalid_request");
                }
                case BY_STATEMENT -> {
                    assertThat(answer.statusCode()).as(cell).isEqualTo(end == End.KEY ? 401 : 400);
                    assertThat(error)
                            .as(cell)
                            .contains(end == End.KEY ? "invalid_client" : "invalid_grant");
                }
                case OWN_TOKEN,
                        EXCHANGE_FOR_ITSELF,
                        FOR_A_PERSON,
                        DEVICE,
                        BACKCHANNEL,
                        PUSHED,
                        INTROSPECTION,
                        REVOCATION,
                        REGISTRATION -> {
                    assertThat(answer.statusCode()).as(cell).isEqualTo(401);
                    assertThat(error).as(cell).contains("invalid_client");
                }
            }
        }

        private static boolean isRefusal(Event event) {
            return event instanceof Event.StrangerRefused
                    || (event instanceof Event.Decided decided
                            && decided.ruling() instanceof Event.Ruling.Refused);
        }

        private HttpResponse<String> ask(Somebody one) {
            Member by = one.member();
            String token = tokens.getOrDefault(one, "");
            Crew all = crew.crew();
            return switch (at) {
                case OWN_TOKEN -> {
                    Map<String, String> form = all.authenticated(by);
                    form.put("grant_type", at.what);
                    yield all.send(by, form);
                }
                case EXCHANGE_FOR_ITSELF -> all.send(by, all.exchange(by, token));
                case EXCHANGE_OF_ITS_TOKEN -> all.send(all.worker, all.exchange(all.worker, token));
                case BY_STATEMENT -> crew.ask(one, issuer(one));
                case FOR_A_PERSON -> crew.forPerson(by);
                case REGISTRATION -> crew.enrol(one, issuer(one));
                case CALL -> all.call(by, token, "echo");
                case INTROSPECTION, REVOCATION -> post(by, Map.of("token", token));
                case INTROSPECTION_BY_ANOTHER ->
                        post(others.getOrDefault(one, by), Map.of("token", token));
                case PUSHED -> post(by, wish());
                case DEVICE -> post(by, wish());
                case BACKCHANNEL -> {
                    Map<String, String> form = wish();
                    form.put("login_hint", crew.person);
                    yield post(by, form);
                }
            };
        }

        private Map<String, String> wish() {
            Map<String, String> form = new LinkedHashMap<>();
            form.put("resource", crew.siege().gateway.issuer() + "/mcp");
            form.put("authorization_details", PublishedClient.WISH);
            return form;
        }

        /** Posts to the endpoint with an assertion; the key is the client's own, and named. */
        private HttpResponse<String> post(Member by, Map<String, String> more) {
            Map<String, String> form = crew.crew().authenticated(by);
            form.putAll(more);
            return crew.siege()
                    .gateway
                    .send(
                            HttpRequest.newBuilder(
                                            URI.create(crew.siege().gateway.issuer() + at.what))
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .POST(
                                            HttpRequest.BodyPublishers.ofString(
                                                    PublishedClient.form(form)))
                                    .build());
        }

        private boolean isServed(HttpResponse<String> answer) {
            return switch (at) {
                case OWN_TOKEN,
                        EXCHANGE_FOR_ITSELF,
                        EXCHANGE_OF_ITS_TOKEN,
                        BY_STATEMENT,
                        FOR_A_PERSON,
                        DEVICE,
                        BACKCHANNEL,
                        REVOCATION ->
                        answer.statusCode() == 200;
                case PUSHED -> answer.statusCode() == 400; // known, and told that it needs no code
                case REGISTRATION -> answer.statusCode() == 201;
                case INTROSPECTION, INTROSPECTION_BY_ANOTHER ->
                        answer.body().contains("\"active\":true");
                case CALL ->
                        answer.statusCode() == 200 && !answer.body().contains("\"isError\":true");
            };
        }
    }
}
