package dev.remit.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.call.Value;
import dev.remit.gate.Credentials;
import dev.remit.gate.UpstreamUnavailable;
import dev.remit.gateway.rig.ScriptedServer;
import dev.remit.gateway.rig.ScriptedServer.Said;
import dev.remit.identity.Credential;
import dev.remit.identity.Origin;
import dev.remit.identity.PersonId;
import dev.remit.identity.Secret;
import dev.remit.ledger.Event;
import dev.remit.registry.ActRefused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class KeeperTest {
    private static final Optional<PersonId> NOBODY = Optional.empty();
    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final Recipe BEARER =
            new Recipe.Header("Authorization", "Bearer {secret}", new Secret("static-secret"));

    private final AtomicInteger issued = new AtomicInteger();

    private Said token(ScriptedServer.Got got) {
        return Said.json(
                Value.object()
                        .put("access_token", "token-number-" + issued.incrementAndGet())
                        .put("token_type", "Bearer")
                        .put("expires_in", 300)
                        .put("refresh_token", "refresh-number-" + issued.get()));
    }

    private static Recipe own(ScriptedServer server) {
        return new Recipe.ClientCredentials(
                Rig.client(server), Optional.of("read"), Optional.of("https://tracker.example/"));
    }

    private static Recipe.Consented consented(Rig rig, ScriptedServer server) {
        return new Recipe.Consented(
                Rig.client(server),
                "https://tracker.example/",
                List.of("read"),
                new Secret("token-first"),
                rig.now.plusSeconds(300),
                Optional.of(new Secret("refresh-first")));
    }

    @Test
    @DisplayName("CRED-003 CRED-004 a credential goes to its own origin and upstream, nowhere else")
    void origins() {
        try (Rig rig = new Rig()) {
            rig.set(NOBODY, BEARER);
            assertThat(rig.sent(NOBODY)).isEqualTo("Bearer static-secret");
            assertThat(rig.keeper.attach("other", Rig.UPSTREAM, NOBODY))
                    .isEqualTo(Credentials.Attached.NOTHING);
            for (Origin other :
                    List.of(
                            new Origin("http", "tracker.example", 443),
                            new Origin("https", "tracker.example", 8443),
                            new Origin("https", "tracker.example.evil.example", 443))) {
                assertThatThrownBy(() -> rig.keeper.attach("tracker", other, NOBODY))
                        .isInstanceOf(UpstreamUnavailable.class);
            }
            assertThatThrownBy(
                            () ->
                                    rig.keeper.set(
                                            new Credential.Place("plain", NOBODY),
                                            new Origin("http", "plain.example", 80),
                                            BEARER,
                                            "x"))
                    .isInstanceOf(ActRefused.class)
                    .hasMessageContaining("https");
        }
    }

    @Test
    @DisplayName("CRED-003 a person's credential is used for that person alone")
    void persons() {
        try (Rig rig = new Rig()) {
            rig.set(Optional.of(Rig.ADA), BEARER);
            assertThat(rig.sent(Optional.of(Rig.ADA))).isEqualTo("Bearer static-secret");
            for (Optional<PersonId> other : List.of(NOBODY, Optional.of(Rig.EVE))) {
                assertThatThrownBy(() -> rig.sent(other)).isInstanceOf(UpstreamUnavailable.class);
            }
            assertThatThrownBy(() -> rig.set(NOBODY, BEARER)).isInstanceOf(ActRefused.class);
        }
    }

    @Test
    void whatIsRemovedIsErasedAndWhatIsReplacedToo() {
        try (Rig rig = new Rig()) {
            Credential first = rig.set(NOBODY, BEARER);
            Credential second = rig.set(NOBODY, BEARER);
            assertThat(rig.shelf.all()).containsExactly(second.id()).doesNotContain(first.id());
            rig.keeper.remove(second.place(), "per_op");
            assertThat(rig.shelf.all()).isEmpty();
            assertThat(rig.sent(NOBODY)).isEmpty();
            assertThatThrownBy(() -> rig.keeper.remove(second.place(), "per_op"))
                    .isInstanceOf(ActRefused.class);
            assertThat(rig.store.entries().toString()).doesNotContain("static-secret");
        }
    }

    @Test
    void aRestartFindsWhatWasKeptAndErasesWhatNobodyNames() {
        try (Rig rig = new Rig()) {
            Credential kept = rig.set(NOBODY, BEARER);
            rig.shelf.all.put(new dev.remit.identity.CredentialId("crd_lost"), new byte[10]);
            Keeper again = rig.again();
            assertThat(rig.shelf.all()).containsExactly(kept.id());
            assertThat(again.attach("tracker", Rig.UPSTREAM, NOBODY).secrets())
                    .containsExactly(new Secret("static-secret"));
        }
    }

    @Test
    void aTokenIsFetchedOnceAndAgainShortlyBeforeItsEnd() {
        try (ScriptedServer server = new ScriptedServer(this::token);
                Rig rig = new Rig(server)) {
            rig.set(NOBODY, own(server));
            for (int i = 0; i < 5; i++) {
                assertThat(rig.sent(NOBODY)).isEqualTo("Bearer token-number-1");
            }
            rig.pass(Duration.ofSeconds(269));
            assertThat(rig.sent(NOBODY)).isEqualTo("Bearer token-number-1");
            rig.pass(Duration.ofSeconds(2));
            assertThat(rig.sent(NOBODY)).isEqualTo("Bearer token-number-2");
            assertThat(server.got()).hasSize(2);
            ScriptedServer.Got got = server.got().getFirst();
            assertThat(got.field("grant_type")).isEqualTo("client_credentials");
            assertThat(got.field("resource")).isEqualTo("https://tracker.example/");
            assertThat(got.headers().getOrDefault("authorization", List.of()).getFirst())
                    .startsWith("Basic ");
            assertThat(got.body()).doesNotContain("client-secret-1");
        }
    }

    @Test
    @DisplayName("CRED-007 a hundred calls at expiry make one refresh")
    void stampede() throws Exception {
        try (ScriptedServer server = new ScriptedServer(this::token);
                Rig rig = new Rig(server);
                ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
            rig.set(Optional.of(Rig.ADA), consented(rig, server));
            rig.pass(LIFE);
            List<Future<String>> all = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                all.add(many.submit(() -> rig.sent(Optional.of(Rig.ADA))));
            }
            for (Future<String> one : all) {
                assertThat(one.get()).isEqualTo("Bearer token-number-1");
            }
            assertThat(server.got()).hasSize(1);
            assertThat(server.got().getFirst().field("refresh_token")).isEqualTo("refresh-first");
        }
    }

    @Test
    @DisplayName("CRED-006 a rotated refresh token is durable before anything of it is used")
    void rotation() {
        try (ScriptedServer server = new ScriptedServer(this::token);
                Rig rig = new Rig(server)) {
            rig.set(Optional.of(Rig.ADA), consented(rig, server));
            assertThat(rig.sent(Optional.of(Rig.ADA))).isEqualTo("Bearer token-first");
            rig.pass(LIFE);
            rig.shelf.failing = true;
            assertThatThrownBy(() -> rig.sent(Optional.of(Rig.ADA)))
                    .isInstanceOf(UpstreamUnavailable.class);
            rig.pass(Duration.ofSeconds(3));
            assertThatThrownBy(() -> rig.sent(Optional.of(Rig.ADA)))
                    .isInstanceOf(UpstreamUnavailable.class);
            rig.shelf.failing = false;
            rig.pass(Duration.ofSeconds(3));
            assertThat(rig.sent(Optional.of(Rig.ADA))).isEqualTo("Bearer token-number-1");
            assertThat(server.got()).as("the dead refresh token is not used again").hasSize(1);
            rig.pass(LIFE);
            Keeper again = rig.again();
            assertThat(again.attach("tracker", Rig.UPSTREAM, Optional.of(Rig.ADA)).secrets())
                    .containsExactly(new Secret("token-number-2"));
            assertThat(server.got().getLast().field("refresh_token")).isEqualTo("refresh-number-1");
        }
    }

    @Test
    void whatThePersonTookBackLapsesAndStaysClosed() {
        try (ScriptedServer server =
                        new ScriptedServer(
                                _ -> Said.json(400, Value.object().put("error", "invalid_grant")));
                Rig rig = new Rig(server)) {
            rig.set(Optional.of(Rig.ADA), consented(rig, server));
            rig.pass(LIFE);
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> rig.sent(Optional.of(Rig.ADA)))
                        .isInstanceOf(UpstreamUnavailable.class)
                        .hasMessageContaining("agree");
            }
            assertThat(rig.shelf.all()).isEmpty();
            assertThat(rig.store.entries().getLast().event())
                    .isInstanceOfSatisfying(
                            Event.CredentialRemoved.class,
                            removed ->
                                    assertThat(removed.why())
                                            .isEqualTo(Event.CredentialRemoved.Why.LAPSED));
        }
    }

    @Test
    void anAnswerOf401HasATokenFetchedAgainOnce() {
        try (ScriptedServer server = new ScriptedServer(this::token);
                Rig rig = new Rig(server)) {
            rig.set(NOBODY, own(server));
            Credentials.Attached first = rig.keeper.attach("tracker", Rig.UPSTREAM, NOBODY);
            assertThat(rig.keeper.renewable("tracker", NOBODY, first)).isTrue();
            assertThat(rig.sent(NOBODY)).isEqualTo("Bearer token-number-2");
            assertThat(rig.keeper.renewable("tracker", NOBODY, first))
                    .as("somebody else was refused with the old one")
                    .isTrue();
            Credentials.Attached second = rig.keeper.attach("tracker", Rig.UPSTREAM, NOBODY);
            assertThat(rig.keeper.renewable("tracker", NOBODY, second)).isFalse();
            assertThat(server.got()).hasSize(2);
        }
    }

    @Test
    void aTokenIsExchangedAtTheUpstreamsOwnServer() {
        try (ScriptedServer server = new ScriptedServer(this::token);
                Rig rig = new Rig(server)) {
            rig.set(NOBODY, exchange(server));
            assertThat(rig.sent(NOBODY)).isEqualTo("Bearer token-number-1");
            ScriptedServer.Got got = server.got().getFirst();
            assertThat(got.field("grant_type"))
                    .isEqualTo("urn:ietf:params:oauth:grant-type:token-exchange");
            assertThat(got.field("subject_token")).isEqualTo("subject-token-1");
            assertThat(got.field("audience")).isEqualTo("tracker");
        }
    }

    private static Recipe exchange(ScriptedServer server) {
        return new Recipe.Exchange(
                Rig.client(server),
                new Secret("subject-token-1"),
                "urn:ietf:params:oauth:token-type:jwt",
                Optional.of("tracker"),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    @DisplayName("XCHG-004 no subject, no exchange: nothing is asked, and nothing is sent without")
    void whoHasNoSubjectToken() {
        try (ScriptedServer server = new ScriptedServer(this::token);
                Rig rig = new Rig(server)) {
            rig.set(Optional.of(Rig.ADA), exchange(server));
            for (Optional<PersonId> other : List.of(NOBODY, Optional.of(Rig.EVE))) {
                assertThatThrownBy(() -> rig.sent(other)).isInstanceOf(UpstreamUnavailable.class);
            }
            assertThat(server.got()).isEmpty();
            assertThat(rig.sent(Optional.of(Rig.ADA))).isEqualTo("Bearer token-number-1");
        }
    }

    @Test
    @DisplayName("CRED-011 LEAK-002 what the token endpoint says is not repeated")
    void quietErrors() {
        Said error =
                Said.json(
                        400,
                        Value.object()
                                .put("error", "Bad Secret client-secret-1")
                                .put("error_description", "client-secret-1 is wrong"));
        try (ScriptedServer server = new ScriptedServer(_ -> error);
                Rig rig = new Rig(server)) {
            rig.set(NOBODY, own(server));
            assertThatThrownBy(() -> rig.sent(NOBODY))
                    .hasMessage("The upstream `tracker` has no usable credential now.");
            assertThatThrownBy(() -> rig.sent(NOBODY)).isInstanceOf(UpstreamUnavailable.class);
            assertThat(server.got()).as("not asked again at once").hasSize(1);
        }
    }

    @Test
    void everythingIsSealedAnewWhenTheKeyChanges() {
        try (Rig rig = new Rig()) {
            Credential kept = rig.set(NOBODY, BEARER);
            byte[] before = rig.shelf.all.get(kept.id());
            assertThat(rig.keeper.sealAnew()).isEqualTo(1);
            assertThat(rig.shelf.all.get(kept.id())).isNotEqualTo(before);
            assertThat(rig.again().attach("tracker", Rig.UPSTREAM, NOBODY).headers()).hasSize(1);
        }
    }
}
