package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.authority.Crew.Member;
import dev.remit.call.Value;
import dev.remit.identity.DpopSigner;
import dev.remit.ledger.Event;
import dev.remit.main.Config;
import dev.remit.passport.AssertionIssuer;
import dev.remit.passport.KeySource;
import dev.remit.passport.SegmentPattern;
import dev.remit.testkit.AttackCase;
import dev.remit.testkit.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
 * answers is the matter of {@link ConsentMatrixTest}.
 */
final class EndedMatrixTest {
    @TempDir Path data;

    /** What ends. */
    private enum End {
        AGENT_SUSPENDED,
        AGENT_REVOKED,
        INSTANCE,
        KEY,
        ISSUER
    }

    /** Where one asks, and by which type of grant if it is for a token. */
    private enum At {
        OWN_TOKEN(Optional.of("client_credentials")),
        EXCHANGE_FOR_ITSELF(Optional.of(Exchanges.GRANT)),
        EXCHANGE_OF_ITS_TOKEN(Optional.of(Exchanges.GRANT)),
        WORKLOAD(Optional.of(JwtBearer.GRANT)),
        INTROSPECTION(Optional.empty()),
        CALL(Optional.empty());

        private final Optional<String> grant;

        At(Optional<String> grant) {
            this.grant = grant;
        }
    }

    /** The types of grant whose cells stand in the other matrix. */
    private static final Set<String> ANSWERED_BY_A_PERSON =
            Set.of("authorization_code", "refresh_token", ElsewhereDesk.DEVICE, ElsewhereDesk.CIBA);

    @Test
    @AttackCase("OAUTH-027")
    void everyTypeOfGrantHasItsRow() {
        List<String> rows = new ArrayList<>(ANSWERED_BY_A_PERSON);
        Stream.of(At.values()).flatMap(at -> at.grant.stream()).distinct().forEach(rows::add);
        assertThat(rows).containsExactlyInAnyOrderElementsOf(TokenDesk.GRANTS);
    }

    @TestFactory
    @AttackCase("OAUTH-027")
    Stream<DynamicTest> whoHasEndedGetsNothing() {
        return Stream.of(End.values())
                .map(end -> DynamicTest.dynamicTest(end.name(), () -> assertAll(end)));
    }

    private void assertAll(End end) throws IOException {
        try (OutsideIssuer issuer = new OutsideIssuer();
                Siege siege = siege(issuer, data.resolve(end.name()))) {
            for (At at : At.values()) {
                if (end != End.ISSUER || at == At.WORKLOAD) {
                    new Cell(new Crew(siege), issuer, end, at).check();
                }
            }
        }
    }

    private static Siege siege(OutsideIssuer issuer, Path data) throws IOException {
        Config plain = Config.usual().on(Ports.free());
        AssertionIssuer terms =
                new AssertionIssuer(
                        issuer.name(),
                        new KeySource.Discovered(issuer.name()),
                        plain.publicUrl(),
                        new AssertionIssuer.Workloads(
                                List.of(
                                        new AssertionIssuer.Subject(
                                                new SegmentPattern("repo:org/app"),
                                                Optional.of("workloads"))),
                                Map.of(),
                                Duration.ofHours(1),
                                2));
        return new Siege(
                data,
                plain.withAssertions(List.of(terms)).trusting(List.of(issuer.origin())),
                InstantSource.system(),
                new DpopSigner(Forgeries.ed25519()));
    }

    /** One cell: what works, is ended, and does not work; beside somebody for whom it does. */
    private record Cell(Crew crew, OutsideIssuer issuer, End end, At at) {

        void check() {
            Member ends = member("ends");
            Member stays = at == At.WORKLOAD ? ends : member("stays");
            assertThat(isServed(ask(ends), at)).as("%s before %s", at, end).isTrue();
            Map<String, String> kept = tokens(ends);
            end(ends);

            List<Event> before = crew.siege.gateway.events();
            int upstream = crew.siege.upstream.calls().size();
            HttpResponse<String> answer = ask(ends, kept);
            assertThat(isServed(answer, at))
                    .as("%s after %s: %s", at, end, answer.body())
                    .isFalse();
            assertThat(answer.statusCode()).as(answer.body()).isIn(200, 400, 401);
            assertThat(answer.body()).doesNotContain("access_token\":");
            assertThat(crew.siege.upstream.calls()).hasSize(upstream);
            List<Event> since = crew.siege.gateway.events();
            assertThat(since.subList(before.size(), since.size()).stream())
                    .allMatch(Cell::isRefusal)
                    .hasSizeLessThanOrEqualTo(1);
            if (at != At.WORKLOAD) {
                assertThat(isServed(ask(stays), at)).as("%s beside %s", at, end).isTrue();
            }
        }

        private static boolean isRefusal(Event event) {
            return event instanceof Event.StrangerRefused
                    || (event instanceof Event.Decided decided
                            && decided.ruling() instanceof Event.Ruling.Refused);
        }

        private Member member(String what) {
            if (at == At.WORKLOAD) {
                crew.siege.gateway.operator(
                        "agents/add", Value.object().put("name", "workloads").build());
                String agent =
                        crew.siege
                                .gateway
                                .operator(
                                        "agents/show",
                                        Value.object().put("agent", "workloads").build())
                                .text("agent")
                                .orElseThrow();
                return new Member(agent, "", new DpopSigner(Forgeries.ed25519()));
            }
            Member member = crew.join((what + "-" + end + "-" + at).toLowerCase(Locale.ROOT));
            crew.mandate(member, List.of("desk.echo"), crew.worker);
            return member;
        }

        /** What it has when it ends. */
        private Map<String, String> tokens(Member of) {
            return switch (at) {
                case WORKLOAD -> Map.of();
                case EXCHANGE_FOR_ITSELF -> {
                    crew.mandate(crew.worker, List.of("desk.echo"), of);
                    yield Map.of("subject", crew.own(crew.worker));
                }
                case OWN_TOKEN, EXCHANGE_OF_ITS_TOKEN, INTROSPECTION, CALL ->
                        Map.of("own", crew.own(of));
            };
        }

        private HttpResponse<String> ask(Member by) {
            return ask(by, tokens(by));
        }

        private HttpResponse<String> ask(Member by, Map<String, String> had) {
            String own = had.getOrDefault("own", "");
            return switch (at) {
                case OWN_TOKEN -> {
                    Map<String, String> form = crew.authenticated(by);
                    form.put("grant_type", "client_credentials");
                    yield crew.send(by, form);
                }
                case EXCHANGE_FOR_ITSELF ->
                        crew.send(by, crew.exchange(by, had.getOrDefault("subject", "")));
                case EXCHANGE_OF_ITS_TOKEN ->
                        crew.send(crew.worker, crew.exchange(crew.worker, own));
                case WORKLOAD ->
                        crew.send(
                                by,
                                new LinkedHashMap<>(
                                        Map.of(
                                                "grant_type",
                                                JwtBearer.GRANT,
                                                "assertion",
                                                issuer.says(
                                                        issuer.workload(
                                                                "repo:org/app",
                                                                crew.siege.gateway.issuer())))));
                case INTROSPECTION -> introspect(by, own);
                case CALL -> crew.call(by, own, "echo");
            };
        }

        private HttpResponse<String> introspect(Member by, String token) {
            Map<String, String> form = crew.authenticated(by);
            form.put("token", token);
            return crew.siege.gateway.send(
                    HttpRequest.newBuilder(
                                    URI.create(crew.siege.gateway.issuer() + "/oauth2/introspect"))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString(PublishedClient.form(form)))
                            .build());
        }

        private static boolean isServed(HttpResponse<String> answer, At at) {
            return switch (at) {
                case OWN_TOKEN, EXCHANGE_FOR_ITSELF, EXCHANGE_OF_ITS_TOKEN, WORKLOAD ->
                        answer.statusCode() == 200;
                case INTROSPECTION -> answer.body().contains("\"active\":true");
                case CALL ->
                        answer.statusCode() == 200 && !answer.body().contains("\"isError\":true");
            };
        }

        private void end(Member whom) {
            switch (end) {
                case AGENT_SUSPENDED -> act("agents/suspend", "agent", whom.agent());
                case AGENT_REVOKED -> act("agents/revoke", "agent", whom.agent());
                case INSTANCE -> act("instances/revoke", "instance", instance(whom));
                case KEY ->
                        act(
                                "agentkeys/revoke",
                                "key",
                                whom.key().publicKey().thumbprint().base64Url());
                case ISSUER -> act("issuers/revoke", "issuer", issuer.name());
            }
        }

        private String instance(Member whom) {
            if (!whom.client().isEmpty()) {
                return whom.client();
            }
            Value.Fields said =
                    crew.siege.gateway.operator(
                            "instances/list",
                            Value.object()
                                    .put("key", whom.key().publicKey().thumbprint().base64Url())
                                    .build());
            return ((Value.Fields) said.items("instances").getFirst())
                    .text("instance")
                    .orElseThrow();
        }

        private void act(String act, String name, String what) {
            Value.Fields said =
                    crew.siege.gateway.operator(
                            act, Value.object().put(name, what).put("why", "it must end").build());
            assertThat(said.get("title")).as(act).isEmpty();
        }
    }
}
