package dev.remit.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Digest;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CheckpointTest {
    private static KeyPair key() throws GeneralSecurityException {
        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    @Test
    void aSignedCheckpointIsReadBack() throws GeneralSecurityException {
        KeyPair key = key();
        Checkpoint checkpoint = new Checkpoint("example.org/log", 42, Digest.of(new byte[] {1}));
        String note = checkpoint.sign(key.getPrivate(), key.getPublic());
        String verifier = Checkpoint.verifierKey("example.org/log", key.getPublic());
        assertThat(Checkpoint.verified(note, verifier)).contains(checkpoint);
        assertThat(Checkpoint.verified(note, verifier + "\n")).contains(checkpoint);
    }

    @Test
    void noCharacterOfItCanBeChanged() throws GeneralSecurityException {
        KeyPair key = key();
        Checkpoint checkpoint = new Checkpoint("example.org/log", 42, Digest.of(new byte[] {1}));
        String note = checkpoint.sign(key.getPrivate(), key.getPublic());
        String verifier = Checkpoint.verifierKey("example.org/log", key.getPublic());
        for (int i = 0; i < note.length() - 1; i++) {
            String changed =
                    note.substring(0, i) + (char) (note.charAt(i) ^ 1) + note.substring(i + 1);
            assertThat(Checkpoint.verified(changed, verifier)).as("character %d", i).isEmpty();
        }
    }

    @Test
    void anotherKeyOrNameDoesNotVerify() throws GeneralSecurityException {
        KeyPair key = key();
        String note = new Checkpoint("a", 1, Digest.of()).sign(key.getPrivate(), key.getPublic());
        for (String verifier :
                List.of(
                        Checkpoint.verifierKey("a", key().getPublic()),
                        Checkpoint.verifierKey("b", key.getPublic()),
                        "a+00000000+AAAA",
                        "",
                        "a",
                        "a+b")) {
            assertThat(Checkpoint.verified(note, verifier)).isEqualTo(Optional.empty());
        }
    }
}
