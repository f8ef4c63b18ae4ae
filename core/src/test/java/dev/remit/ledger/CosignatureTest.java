package dev.remit.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Digest;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CosignatureTest {
    private static final Instant AT = Instant.parse("2026-11-24T03:00:00Z");

    private final KeyPair log = key();
    private final KeyPair other = key();
    private final NoteKey witness =
            NoteKey.of("witness.example/w1", NoteKey.Kind.WITNESS, other.getPublic());
    private final Checkpoint checkpoint =
            new Checkpoint("example.org/log", 42, Digest.of(new byte[] {1}));

    private static KeyPair key() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String cosigned(Instant at) {
        return checkpoint.sign(log.getPrivate(), log.getPublic())
                + Cosignature.line(witness, other.getPrivate(), checkpoint, at);
    }

    @Test
    void aCosignatureIsReadBackAndTheLogsOwnStillHolds() {
        String note = cosigned(AT);
        assertThat(Cosignature.of(checkpoint, note, witness))
                .contains(new Cosignature("witness.example/w1", AT));
        assertThat(
                        Checkpoint.verified(
                                note, Checkpoint.verifierKey(checkpoint.origin(), log.getPublic())))
                .contains(checkpoint);
    }

    @Test
    void noCharacterOfItCanBeChanged() {
        String note = cosigned(AT);
        int start = note.lastIndexOf("—");
        for (int i = 0; i < note.length() - 1; i++) {
            if (i < note.indexOf("\n\n") || i >= start) {
                String changed =
                        note.substring(0, i) + (char) (note.charAt(i) ^ 1) + note.substring(i + 1);
                Optional<Cosignature> read =
                        Checkpoint.said(changed)
                                .flatMap(one -> Cosignature.of(one, changed, witness));
                assertThat(read).as("character %d", i).isEmpty();
            }
        }
    }

    @Test
    void theKeyIsWrittenAsOneOfItsKind() {
        assertThat(NoteKey.read(witness.written(), NoteKey.Kind.WITNESS).map(NoteKey::name))
                .contains("witness.example/w1");
        assertThat(NoteKey.read(witness.written(), NoteKey.Kind.LOG)).isEmpty();
        NoteKey another = NoteKey.of(witness.name(), NoteKey.Kind.WITNESS, log.getPublic());
        assertThat(Cosignature.of(checkpoint, cosigned(AT), another)).isEmpty();
    }

    @Test
    void neitherAKeysOtherSignatureNorATimeBeforeAllTimesCounts() {
        NoteKey asLog = NoteKey.of(witness.name(), NoteKey.Kind.LOG, other.getPublic());
        String note =
                checkpoint.body()
                        + "\n"
                        + asLog.line(NoteKey.sign(other.getPrivate(), checkpoint.body()));
        assertThat(Cosignature.of(checkpoint, note, witness)).isEmpty();
        assertThat(Cosignature.of(checkpoint, cosigned(Instant.EPOCH), witness)).isEmpty();
    }

    @Test
    void aLogsSignatureThatDoesNotHoldBesideOneThatDoesSpoilsTheNote() {
        NoteKey asLog = NoteKey.of(checkpoint.origin(), NoteKey.Kind.LOG, log.getPublic());
        String note =
                checkpoint.sign(log.getPrivate(), log.getPublic())
                        + asLog.line(NoteKey.sign(log.getPrivate(), "something else\n"));
        assertThat(Checkpoint.verified(note, asLog.written())).isEmpty();
    }
}
