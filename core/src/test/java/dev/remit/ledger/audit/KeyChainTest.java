package dev.remit.ledger.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.identity.Jwk;
import dev.remit.identity.KeyUse;
import dev.remit.ledger.Checkpoint;
import dev.remit.ledger.Draft;
import dev.remit.ledger.Endorsement;
import dev.remit.ledger.Event;
import dev.remit.ledger.Merkle;
import dev.remit.ledger.SegmentFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Logs that are right in every byte, but for whose keys they name. */
final class KeyChainTest {
    private static final String ORIGIN = "remit.test/chain";

    private final KeyPair first = keys();
    private final KeyPair second = keys();
    private final KeyPair thief = keys();
    private final String trusted = Checkpoint.verifierKey(ORIGIN, first.getPublic());

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Event introduced(long number, KeyPair key, Optional<KeyPair> by) {
        Jwk jwk = Jwk.of(key.getPublic());
        Optional<String> said = by.map(one -> Endorsement.sign(one.getPrivate(), number, jwk));
        return new Event.KeyIntroduced(KeyUse.LOG, number, jwk, false, said, "x");
    }

    private Report verify(KeyPair signer, Event... events) {
        Merkle tree = new Merkle();
        ByteBuffer segment = ByteBuffer.allocate(1 << 16).put(SegmentFormat.header(tree));
        ByteBuffer leaves = ByteBuffer.allocate(32 * events.length);
        for (Event event : events) {
            Draft draft = new Draft(Instant.EPOCH, event, new byte[16]);
            draft.putFrame(segment);
            tree.add(draft.leafHash());
            leaves.put(draft.leafHash().bytes());
        }
        String note =
                new Checkpoint(ORIGIN, tree.size(), tree.root())
                        .sign(signer.getPrivate(), signer.getPublic());
        Map<String, byte[]> files = new TreeMap<>();
        files.put(SegmentFormat.name(0), segment.array());
        files.put("leaves", leaves.array());
        files.put("checkpoint", note.getBytes(StandardCharsets.UTF_8));
        files.put("key.pub", (trusted + "\n").getBytes(StandardCharsets.UTF_8));
        return Verifier.verify(new Copy(files), Optional.of(trusted));
    }

    private record Copy(Map<String, byte[]> files) implements LedgerCopy {
        @Override
        public List<String> names() {
            return List.copyOf(files.keySet());
        }

        @Override
        public long length(String name) {
            return Objects.requireNonNull(files.get(name)).length;
        }

        @Override
        public ByteBuffer bytes(String name, long from, int length) {
            return ByteBuffer.wrap(Objects.requireNonNull(files.get(name)), (int) from, length)
                    .slice();
        }
    }

    @Test
    void aKeyThatWasEndorsedSignsWhatComesAfter() {
        Event one = introduced(1, first, Optional.empty());
        Event two = introduced(2, second, Optional.of(first));
        assertThat(verify(first, one).findings()).isEmpty();
        assertThat(verify(second, one, two).findings()).isEmpty();
        assertThat(verify(first, one, two).findings())
                .containsExactly(new Finding.CheckpointByOldKey(1, 1));
    }

    @Test
    void aKeyThatNobodyIntroducedIsRefusedThoughItSignedTheWholeLog() {
        Event one = introduced(1, first, Optional.empty());
        assertThat(verify(thief, one).findings()).contains(new Finding.CheckpointUnsigned());
        assertThat(verify(thief, introduced(1, thief, Optional.empty())).findings())
                .contains(new Finding.CheckpointUnsigned(), new Finding.LogKeyUnknown(0));
        for (Optional<KeyPair> by : List.of(Optional.<KeyPair>empty(), Optional.of(thief))) {
            assertThat(verify(thief, one, introduced(2, thief, by)).findings())
                    .contains(new Finding.CheckpointUnsigned(), new Finding.LogKeyUnknown(1));
            assertThat(verify(first, one, introduced(2, thief, by)).findings())
                    .containsExactly(new Finding.LogKeyUnknown(1));
        }
        Event skipping = introduced(3, thief, Optional.of(first));
        assertThat(verify(thief, one, skipping).findings())
                .contains(new Finding.CheckpointUnsigned(), new Finding.LogKeyUnknown(1));
    }
}
