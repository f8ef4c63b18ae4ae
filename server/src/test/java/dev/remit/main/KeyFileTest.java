package dev.remit.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
    @Test
    void aSecretIsMadeOnceForItsOwnerAndReadFromThenOn(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("state.key");
        byte[] made = KeyFile.secretAt(file);

        assertThat(made).hasSize(32);
        assertThat(KeyFile.secretAt(file)).isEqualTo(made);
        assertThat(KeyFile.secretAt(folder.resolve("other.key"))).isNotEqualTo(made);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aSecretThatIsTooShortIsRefusedAndNotReplaced(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("state.key"), "c2hvcnQ=");

        assertThatThrownBy(() -> KeyFile.secretAt(file))
                .isInstanceOf(ConfigRefused.class)
                .hasMessageContaining("state.key");
        assertThat(Files.readString(file)).isEqualTo("c2hvcnQ=");
    }
}
