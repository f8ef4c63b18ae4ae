package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.identity.DpopSigner;
import dev.remit.identity.Nonces;
import dev.remit.main.Config;
import dev.remit.main.Names;
import dev.remit.testkit.AttackCase;
import dev.remit.testkit.Ports;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A proof that was used is used again: at once, after a restart, by a clock that is set back. */
final class ReplayAttackTest {
    private static final Siege.Endpoint AT = Siege.Endpoint.ONE_UPSTREAM;
    private final DpopSigner key = new DpopSigner(Forgeries.p256());
    private final AtomicReference<Duration> shift = new AtomicReference<>(Duration.ZERO);
    private final InstantSource clock = () -> Instant.now().plus(shift.get());

    @Test
    @AttackCase("DPOP-003")
    void ofManyAtTheSameInstantOneIsTaken(@TempDir Path folder) throws Exception {
        try (Siege siege = new Siege(folder, key);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String token = siege.token();
            for (int round = 0; round < 20; round++) {
                String proof = siege.proof(AT, token);
                Callable<Integer> call = () -> siege.call(AT, token, proof).statusCode();
                List<Future<Integer>> answers =
                        threads.invokeAll(List.of(call, call, call, call, call));
                int taken = 0;
                for (Future<Integer> answer : answers) {
                    taken += answer.get() == 200 ? 1 : 0;
                }
                assertThat(taken).isEqualTo(1);
            }
            assertThat(siege.upstream.calls()).hasSize(20);
        }
    }

    @Test
    @AttackCase({"DPOP-006", "DPOP-005"})
    void aRestartForgetsNothing(@TempDir Path folder) throws IOException {
        Config config = Config.usual().on(Ports.free());
        String token;
        String used;
        String ahead;
        String unused;
        try (Siege siege = new Siege(folder, config, clock, key)) {
            token = siege.token();
            used = siege.proof(AT, token);
            ahead = at(siege, token, Instant.now().plusSeconds(50));
            unused = siege.proof(AT, token);
            assertThat(siege.call(AT, token, used).statusCode()).isEqualTo(200);
            assertThat(siege.call(AT, token, ahead).statusCode()).isEqualTo(200);
        }
        try (Siege siege = new Siege(folder, config, clock, key)) {
            for (String again : List.of(used, ahead)) {
                refused(siege, token, again, "proof-replayed");
            }
            assertThat(siege.call(AT, token, unused).statusCode()).isEqualTo(200);
        }
    }

    @Test
    @AttackCase({"DPOP-006", "DPOP-015"})
    void whereTheMemoryIsLostANonceIsNeeded(@TempDir Path folder) throws IOException {
        Config config = Config.usual().on(Ports.free());
        String token;
        String used;
        try (Siege siege = new Siege(folder, config, clock, key)) {
            token = siege.token();
            used = at(siege, token, Instant.now().plusSeconds(50));
            assertThat(siege.call(AT, token, used).statusCode()).isEqualTo(200);
        }
        try (var files = Files.list(folder.resolve("proofs"))) {
            for (Path file : files.toList()) {
                Files.delete(file); // as a power cut may leave it
            }
        }
        try (Siege siege = new Siege(folder, config, clock, key)) {
            HttpResponse<String> asked = refused(siege, token, used, "proof-nonce");
            String nonce = asked.headers().firstValue("DPoP-Nonce").orElseThrow();
            assertThat(asked.headers().allValues("WWW-Authenticate"))
                    .anyMatch(one -> one.contains("error=\"use_dpop_nonce\""));
            assertThat(siege.call(AT, token, nonced(siege, token, nonce)).statusCode())
                    .isEqualTo(200);
            shift.set(Duration.ofSeconds(125));
            refused(siege, token, used, "proof-time");
        }
    }

    @Test
    @AttackCase("DPOP-015")
    void noncesThatAreNotThisGatewaysOwn(@TempDir Path folder) throws IOException {
        Config config = Config.usual().on(Ports.free());
        String token;
        try (Siege siege = new Siege(folder, config, clock, key)) {
            token = siege.token();
        }
        Config strict = config.withNonces(Nonces.Demand.ALWAYS);
        try (Siege siege = new Siege(folder, strict, clock, key)) {
            HttpResponse<String> asked =
                    refused(siege, token, siege.proof(AT, token), "proof-nonce");
            String nonce = asked.headers().firstValue("DPoP-Nonce").orElseThrow();
            String good = nonced(siege, token, nonce);
            assertThat(siege.call(AT, token, good).statusCode()).isEqualTo(200);
            refused(siege, token, good, "proof-replayed");
            for (String other : List.of("", "x", nonce + "A", Names.longSecret())) {
                refused(siege, token, nonced(siege, token, other), "proof-nonce");
            }
            shift.set(Duration.ofSeconds(160));
            assertThat(siege.call(AT, token, nonced(siege, token, nonce)).statusCode())
                    .as("the nonce before the present one")
                    .isEqualTo(200);
            shift.set(Duration.ofSeconds(320));
            Forge forge = new Forge(siege);
            long later = clock.instant().getEpochSecond();
            Value.Fields claims =
                    forge.claims().with("iat", Value.of(later)).with("exp", Value.of(later + 60));
            String renewed = forge.byGateway(forge.header(), claims);
            refused(siege, renewed, nonced(siege, renewed, nonce), "proof-nonce");
        }
    }

    @Test
    @AttackCase("CLOCK-001")
    void aClockThatIsSetForwardAndBackReopensNothing(@TempDir Path folder) throws IOException {
        Config config = Config.usual().on(Ports.free());
        try (Siege siege = new Siege(folder, config, clock, key)) {
            String token = siege.token();
            String used = siege.proof(AT, token);
            assertThat(siege.call(AT, token, used).statusCode()).isEqualTo(200);
            for (int hours = 2; hours <= 4; hours++) {
                shift.set(Duration.ofHours(hours)); // the memory of then is dropped
                siege.gateway.token("x", key, clock.instant());
            }
            shift.set(Duration.ZERO);
            refused(siege, token, used, "proof-nonce");
            String fresh = siege.proof(AT, token);
            HttpResponse<String> asked = refused(siege, token, fresh, "proof-nonce");
            String nonce = asked.headers().firstValue("DPoP-Nonce").orElseThrow();
            assertThat(siege.call(AT, token, nonced(siege, token, nonce)).statusCode())
                    .isEqualTo(200);
        }
    }

    private static HttpResponse<String> refused(
            Siege siege, String token, String proof, String doubt) {
        return Refused.at(
                siege, siege.request(AT, List.of("DPoP " + token), List.of(proof)), doubt);
    }

    private String at(Siege siege, String token, Instant when) {
        return key.proof(AT.method, siege.target(AT), Optional.of(token), Names.secret(), when);
    }

    private String nonced(Siege siege, String token, String nonce) {
        return key.proof(
                AT.method,
                siege.target(AT),
                Optional.of(token),
                Optional.of(nonce),
                Names.secret(),
                clock.instant());
    }
}
