package dev.remit.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.call.Digest;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What was used is remembered for as long as it is valid, whatever the clock and the flood do. */
final class ReplayMemoryTest {
    private static final Instant T0 = Instant.parse("2030-01-01T00:00:00Z");
    private static final String HERE = "http://127.0.0.1:1";

    @Test
    @DisplayName("DPOP-007: a flood makes nothing be forgotten; what has no room is refused")
    void fullIsRefused() {
        ReplayGuard guard = new MemoryReplayGuard(100);
        assertThat(guard.use(key(0), T0)).isEqualTo(ReplayGuard.Use.FIRST);
        int taken = 0;
        for (int i = 1; i < 1_000; i++) {
            taken += guard.use(key(i), T0.plusSeconds(1)) == ReplayGuard.Use.FIRST ? 1 : 0;
        }
        assertThat(taken).isEqualTo(99);
        assertThat(guard.use(key(0), T0.plusSeconds(2))).isEqualTo(ReplayGuard.Use.AGAIN);
        assertThat(guard.use(key(2_000), T0.plusSeconds(2))).isEqualTo(ReplayGuard.Use.FULL);
        Instant later = T0.plus(ReplayGuard.MEMORY);
        assertThat(guard.use(key(2_000), later)).as("it heals").isEqualTo(ReplayGuard.Use.FIRST);
        assertThat(guard.use(key(0), later)).isEqualTo(ReplayGuard.Use.AGAIN);
    }

    @Test
    @DisplayName("DPOP-005 CLOCK-003: in all of its time a proof is taken once, at every offset")
    void onceInAllItsTime() throws GeneralSecurityException {
        DpopSigner signer =
                new DpopSigner(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        for (Instant at : List.of(T0, Instant.ofEpochSecond(1L << 31), LAST)) {
            for (int first = -61; first <= 61; first += 2) {
                Proofs proofs = proofs(new MemoryReplayGuard(10));
                String proof =
                        signer.proof("POST", HERE + "/mcp", Optional.empty(), "j" + first, at);
                int taken = 0;
                for (int second = first; second <= 61; second += 4) {
                    Proofs.Checked checked =
                            proofs.check(
                                    new Proofs.Request("POST", "/mcp", List.of(proof)),
                                    at.plusSeconds(second));
                    taken += checked instanceof Proofs.Checked.Proven ? 1 : 0;
                }
                assertThat(taken).as("first shown at %s", first).isEqualTo(first <= 60 ? 1 : 0);
            }
        }
    }

    private static final Instant LAST = Instant.parse("9999-12-31T23:55:00Z");

    @Test
    @DisplayName("CLOCK-001 DPOP-005: whatever a clock does, what it let go is not vouched for")
    void aClockThatJumps() {
        for (long seed = 0; seed < 200; seed++) {
            java.util.Random dice = new java.util.Random(seed);
            ReplayGuard guard = new MemoryReplayGuard(100_000);
            Set<Integer> used = new HashSet<>();
            Instant now = T0;
            for (int step = 0; step < 200; step++) {
                now = now.plusSeconds(dice.nextInt(10) == 0 ? dice.nextInt(1_000) - 500 : 5);
                int made = (int) (now.getEpochSecond() - T0.getEpochSecond());
                int id = made + dice.nextInt(121) - 60; // a proof is named by its time here
                boolean taken =
                        guard.use(key(id), now) == ReplayGuard.Use.FIRST
                                && T0.plusSeconds(id).isAfter(guard.unsureUntil());
                assertThat(taken && used.contains(id)).as("seed %s step %s", seed, step).isFalse();
                if (taken) {
                    used.add(id);
                }
            }
        }
    }

    @Test
    @DisplayName("an error on the way to an answer is never the answer that it is known")
    void anErrorIsNoYes() throws GeneralSecurityException {
        DpopSigner signer =
                new DpopSigner(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        ReplayGuard broken =
                new ReplayGuard() {
                    @Override
                    public Use use(Digest key, Instant now) {
                        throw new IllegalStateException("broken");
                    }

                    @Override
                    public Instant unsureUntil() {
                        return Instant.MIN;
                    }

                    @Override
                    public long generation() {
                        return 0;
                    }
                };
        String proof = signer.proof("POST", HERE + "/mcp", Optional.empty(), "j", T0);
        assertThatThrownBy(
                        () ->
                                proofs(broken)
                                        .check(
                                                new Proofs.Request("POST", "/mcp", List.of(proof)),
                                                T0))
                .isInstanceOf(IllegalStateException.class);
    }

    private static Proofs proofs(ReplayGuard guard) {
        return new Proofs(Set.of(HERE), guard, new Nonces(new byte[32], Nonces.Demand.WHEN_NEEDED));
    }

    private static Digest key(int number) {
        return Digest.of(ByteBuffer.allocate(4).putInt(number).array());
    }
}
