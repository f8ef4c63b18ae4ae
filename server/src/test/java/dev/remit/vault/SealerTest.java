package dev.remit.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.identity.Credential;
import dev.remit.identity.CredentialId;
import dev.remit.identity.Origin;
import dev.remit.identity.PersonId;
import dev.remit.main.Names;
import dev.remit.testkit.AttackCase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SealerTest {
    private static final byte[] CONTENT = "the-content".getBytes(StandardCharsets.UTF_8);
    private static final Credential HERS =
            credential("crd_1", "tracker", "tracker.example", Optional.of("per_1"));

    private static Credential credential(
            String id, String upstream, String host, Optional<String> person) {
        return new Credential(
                new CredentialId(id),
                upstream,
                new Origin("https", host, 443),
                person.map(PersonId::new),
                Credential.Kind.STATIC,
                Instant.EPOCH);
    }

    @Test
    void whatIsSealedOpensAsWhatItWasSealedFor() throws Exception {
        Sealer sealer = new Sealer(LocalKeys.fresh());
        byte[] sealed = sealer.seal(Label.of(HERS), CONTENT);
        assertThat(sealer.open(Label.of(HERS), sealed)).isEqualTo(CONTENT);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("the-content");
    }

    @Test
    @DisplayName("CRED-003 a sealed content that is moved to another place does not open")
    void moved() throws Exception {
        Sealer sealer = new Sealer(LocalKeys.fresh());
        byte[] sealed = sealer.seal(Label.of(HERS), CONTENT);
        Credential otherKind =
                new Credential(
                        HERS.id(),
                        HERS.upstream(),
                        HERS.origin(),
                        HERS.person(),
                        Credential.Kind.CONSENT,
                        HERS.since());
        for (Credential other :
                List.of(
                        credential("crd_2", "tracker", "tracker.example", Optional.of("per_1")),
                        credential("crd_1", "other", "tracker.example", Optional.of("per_1")),
                        credential("crd_1", "tracker", "evil.example", Optional.of("per_1")),
                        credential("crd_1", "tracker", "tracker.example", Optional.of("per_2")),
                        credential("crd_1", "tracker", "tracker.example", Optional.empty()),
                        otherKind)) {
            assertThatThrownBy(() -> sealer.open(Label.of(other), sealed))
                    .isInstanceOf(GeneralSecurityException.class);
        }
    }

    @Test
    void aChangedByteOrAnotherKeyDoesNotOpen() throws Exception {
        Sealer sealer = new Sealer(LocalKeys.fresh());
        byte[] sealed = sealer.seal(Label.of(HERS), CONTENT);
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> sealer.open(Label.of(HERS), changed))
                    .isInstanceOf(GeneralSecurityException.class);
        }
        assertThatThrownBy(() -> new Sealer(LocalKeys.fresh()).open(Label.of(HERS), sealed))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void anOlderKeyOpensUntilItIsRetired(@TempDir Path folder) throws Exception {
        FileKeys keys = FileKeys.at(folder.resolve("sealing.key"), true);
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(folder.resolve("sealing.key"))))
                .isEqualTo("rw-------");
        byte[] old = new Sealer(keys).seal(Label.of(HERS), CONTENT);
        keys.renew();
        byte[] young = new Sealer(keys).seal(Label.of(HERS), CONTENT);
        Sealer again = new Sealer(FileKeys.at(folder.resolve("sealing.key"), false));
        assertThat(again.open(Label.of(HERS), old)).isEqualTo(CONTENT);
        assertThat(again.open(Label.of(HERS), young)).isEqualTo(CONTENT);
        keys.retire();
        Sealer newest = new Sealer(FileKeys.at(folder.resolve("sealing.key"), false));
        assertThat(newest.open(Label.of(HERS), young)).isEqualTo(CONTENT);
        assertThatThrownBy(() -> newest.open(Label.of(HERS), old))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void aKeyManagementSystemOnlyEverSeesDataKeys() throws Exception {
        LocalKeys inner = LocalKeys.fresh();
        StringBuilder seen = new StringBuilder();
        KeyKeeper system =
                new KeyKeeper() {
                    @Override
                    public byte[] wrap(byte[] key) throws GeneralSecurityException {
                        seen.append(new String(key, StandardCharsets.ISO_8859_1));
                        return inner.wrap(key);
                    }

                    @Override
                    public byte[] unwrap(byte[] wrapped) throws GeneralSecurityException {
                        return inner.unwrap(wrapped);
                    }
                };
        Sealer sealer = new Sealer(system);
        assertThat(sealer.open(Label.of(HERS), sealer.seal(Label.of(HERS), CONTENT)))
                .isEqualTo(CONTENT);
        assertThat(seen).isNotEmpty().doesNotContain("the-content");
    }

    @Test
    @AttackCase("KEYS-007")
    void keysFromTheEnvironmentAreReadStrictly() {
        String key = Base64.getEncoder().encodeToString(Names.random(32));
        assertThat(LocalKeys.of(key + "\n").text()).isEqualTo(key + "\n");
        for (String wrong :
                List.of(
                        "",
                        "short",
                        key + " x",
                        key.substring(4),
                        Base64.getEncoder().encodeToString(new byte[32]),
                        Base64.getEncoder()
                                .encodeToString(
                                        "change-me-change-me-change-me-32"
                                                .getBytes(StandardCharsets.UTF_8)))) {
            assertThatThrownBy(() -> LocalKeys.of(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("openssl rand -base64 32");
        }
    }
}
