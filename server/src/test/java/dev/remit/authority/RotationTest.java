package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.identity.DpopSigner;
import dev.remit.identity.Jwk;
import dev.remit.identity.Jws;
import dev.remit.identity.KeyUse;
import dev.remit.identity.SigningKeys;
import dev.remit.ledger.Checkpoint;
import dev.remit.ledger.Event;
import dev.remit.ledger.audit.Finding;
import dev.remit.main.Config;
import dev.remit.main.Names;
import dev.remit.store.Verification;
import dev.remit.testkit.AttackCase;
import dev.remit.testkit.Ports;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that are replaced while they are in use. */
final class RotationTest {
    private static final Siege.Endpoint AT = Siege.Endpoint.ONE_UPSTREAM;

    @TempDir Path data;

    private static Value.Fields rotate(KnockedGateway gateway, String use, boolean refuseOlder) {
        return gateway.operator(
                "keys/rotate",
                Value.object().put("use", use).put("refuse_older", refuseOlder).build());
    }

    private Siege siege() throws Exception {
        return new Siege(data, new DpopSigner(Forgeries.ed25519()));
    }

    private static int call(Siege siege, String token) {
        return siege.call(AT, token, siege.proof(AT, token)).statusCode();
    }

    private static String kid(String token) {
        return Jws.read(token).orElseThrow().header().text("kid").orElseThrow();
    }

    private static String doubt(Siege siege) {
        return siege.gateway.events().reversed().stream()
                .filter(Event.StrangerRefused.class::isInstance)
                .map(event -> ((Event.StrangerRefused) event).doubt())
                .findFirst()
                .orElse("");
    }

    @Test
    @AttackCase("KEYS-005")
    void aTokenOutlivesTheKeyThatSignedItUnlessThatIsRefused() throws Exception {
        try (Siege siege = siege()) {
            String old = siege.token();
            assertThat(call(siege, old)).isEqualTo(200);
            String second = rotate(siege.gateway, "tokens", false).text("kid").orElseThrow();
            String young = siege.token();
            assertThat(kid(young)).isEqualTo(second).isNotEqualTo(kid(old));
            assertThat(call(siege, old)).isEqualTo(200);
            assertThat(call(siege, young)).isEqualTo(200);
            assertThat(jwks(siege)).contains(kid(old), kid(young));

            String third = rotate(siege.gateway, "tokens", true).text("kid").orElseThrow();
            assertThat(call(siege, old)).isEqualTo(401);
            assertThat(call(siege, young)).as("though it was read before").isEqualTo(401);
            assertThat(doubt(siege)).isEqualTo("token-signature");
            assertThat(call(siege, siege.token())).isEqualTo(200);
            assertThat(jwks(siege)).contains(third).doesNotContain(kid(old), kid(young));
        }
    }

    private static String jwks(Siege siege) {
        return siege.gateway
                .send(
                        HttpRequest.newBuilder(URI.create(siege.gateway.issuer() + "/oauth2/jwks"))
                                .build())
                .body();
    }

    @Test
    @AttackCase("KEYS-005")
    void aStolenKeySignsNothingOnceItsOverlapIsOver() throws Exception {
        AtomicLong ahead = new AtomicLong();
        Config config = Config.usual().on(Ports.free());
        DpopSigner key = new DpopSigner(Forgeries.ed25519());
        try (Siege siege =
                new Siege(data, config, () -> Instant.now().plusSeconds(ahead.get()), key)) {
            KeyPair stolen = Forge.key(data, KeyUse.TOKENS);
            String kid = SigningKeys.kid(Jwk.of(stolen.getPublic()));
            rotate(siege.gateway, "tokens", false);
            assertThat(introspect(siege, forged(siege, stolen, kid, 0), 0)).isTrue();
            ahead.set(Duration.ofMinutes(8).toSeconds());
            assertThat(introspect(siege, forged(siege, stolen, kid, 480), 480)).isFalse();
        }
    }

    private static String forged(Siege siege, KeyPair stolen, String kid, long ahead) {
        Value.Fields header = Value.object().put("typ", "at+jwt").put("kid", kid).build();
        long now = Instant.now().getEpochSecond() + ahead;
        Value.Fields claims =
                new Forge(siege)
                        .claims()
                        .with("iat", Value.of(now))
                        .with("exp", Value.of(now + 60));
        return Jws.sign(header, claims, stolen.getPrivate());
    }

    private static boolean introspect(Siege siege, String token, long ahead) {
        String assertion =
                siege.key.assertion(
                        siege.client,
                        siege.gateway.issuer(),
                        Names.secret(),
                        Instant.now().plusSeconds(ahead));
        String form =
                "token="
                        + token
                        + "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3A"
                        + "client-assertion-type%3Ajwt-bearer&client_assertion="
                        + assertion;
        HttpResponse<String> answer =
                siege.gateway.send(
                        HttpRequest.newBuilder(
                                        URI.create(siege.gateway.issuer() + "/oauth2/introspect"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(form))
                                .build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return KnockedGateway.json(answer).flag("active");
    }

    @Test
    void aRefreshTokenSurvivesAndEndsWithARefusedKey() throws Exception {
        try (ConsentRig rig = ConsentRig.open(data)) {
            PublishedClient client = rig.client();
            Value.Fields tokens =
                    KnockedGateway.json(client.token(client.byCode(client.code(client.usual()))));
            rotate(rig.gateway(), "tokens", false);
            HttpResponse<String> renewed = client.token(client.byRefresh(tokens));
            assertThat(renewed.statusCode()).as(renewed.body()).isEqualTo(200);
            Value.Fields next = KnockedGateway.json(renewed);
            assertThat(client.use(next).statusCode()).isEqualTo(200);

            rotate(rig.gateway(), "tokens", true);
            HttpResponse<String> refused = client.token(client.byRefresh(next));
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(KnockedGateway.json(refused).text("error")).contains("invalid_grant");
        }
    }

    @Test
    @AttackCase("KEYS-005")
    void keysThatChangeUnderLoadLoseNoCall() throws Exception {
        try (Siege siege = siege();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            AtomicBoolean over = new AtomicBoolean();
            AtomicLong calls = new AtomicLong();
            List<Future<Map<Integer, Integer>>> workers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                workers.add(threads.submit(work(siege, over, calls)));
            }
            for (int i = 0; i < 4; i++) {
                for (String use : List.of("tokens", "log", "passports")) {
                    rotate(siege.gateway, use, false);
                }
                siege.gateway.operator("keys/seal", Value.Fields.EMPTY);
                Thread.sleep(300);
            }
            over.set(true);
            for (Future<Map<Integer, Integer>> worker : workers) {
                assertThat(worker.get().keySet()).containsExactly(200);
            }
            assertThat(calls.get()).isGreaterThan(100);
            assertThat(siege.gateway.operatorList("keys/list")).hasSize(15);
        }
        assertThat(Verification.of(data, Optional.empty()).findings()).isEmpty();
    }

    private static Callable<Map<Integer, Integer>> work(
            Siege siege, AtomicBoolean over, AtomicLong calls) {
        return () -> {
            Map<Integer, Integer> statuses = new HashMap<>();
            while (!over.get()) {
                String token = siege.token();
                for (int i = 0; i < 5; i++) {
                    statuses.merge(call(siege, token), 1, Integer::sum);
                    calls.incrementAndGet();
                }
            }
            return statuses;
        };
    }

    @Test
    void theLogsKeysAreAChainAndARetiredOneIsRefused() throws Exception {
        Path checkpoint = data.resolve("ledger/checkpoint");
        KeyPair stolen;
        String first;
        try (Siege siege = siege()) {
            stolen = Forge.key(data, KeyUse.LOG);
            first = Files.readString(data.resolve("ledger/key.pub"));
            rotate(siege.gateway, "log", false);
            rotate(siege.gateway, "log", false);
        }
        try (KnockedGateway again = new KnockedGateway(data)) { // with the newest alone
            assertThat(again.operatorList("agents/list")).hasSize(1);
        }
        assertThat(Verification.of(data, Optional.empty()).findings()).isEmpty();
        assertThat(Verification.of(data, Optional.of(first)).findings()).isEmpty();
        String origin = first.substring(0, first.indexOf('+'));
        KeyPair newest = Forge.key(data, KeyUse.LOG);
        String last = Checkpoint.verifierKey(origin, newest.getPublic());
        assertThat(Verification.of(data, Optional.of(last)).findings()).isEmpty();

        String right = Files.readString(checkpoint);
        Checkpoint said = Checkpoint.verified(right, last).orElseThrow();
        Files.writeString(checkpoint, said.sign(stolen.getPrivate(), stolen.getPublic()));
        assertThat(Verification.of(data, Optional.of(first)).findings())
                .isNotEmpty()
                .allMatch(Finding.CheckpointByOldKey.class::isInstance);
        KeyPair stranger = Forgeries.ed25519();
        Files.writeString(checkpoint, said.sign(stranger.getPrivate(), stranger.getPublic()));
        assertThat(Verification.of(data, Optional.of(first)).findings())
                .contains(new Finding.CheckpointUnsigned());
        Files.writeString(checkpoint, right);
        assertThat(Verification.of(data, Optional.of(first)).isSound()).isTrue();
    }

    @Test
    void aKeyThatIsOldIsReplacedByItself() throws Exception {
        Config config =
                Config.usual().on(Ports.free()).replacing(Map.of(KeyUse.TOKENS, Duration.ZERO));
        try (KnockedGateway gateway = new KnockedGateway(data, config)) {
            for (int i = 0; i < 100 && gateway.operatorList("keys/list").size() < 4; i++) {
                Thread.sleep(20);
            }
            assertThat(gateway.events())
                    .filteredOn(Event.KeyIntroduced.class::isInstance)
                    .extracting(event -> ((Event.KeyIntroduced) event).use())
                    .containsExactlyInAnyOrder(
                            KeyUse.TOKENS, KeyUse.LOG, KeyUse.PASSPORTS, KeyUse.TOKENS);
        }
    }
}
