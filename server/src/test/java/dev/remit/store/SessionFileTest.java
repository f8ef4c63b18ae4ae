package dev.remit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Digest;
import dev.remit.identity.Authentication;
import dev.remit.identity.PersonId;
import dev.remit.session.Session;
import dev.remit.testkit.SessionContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

final class SessionFileTest {
    @TempDir Path folder = Path.of("");

    @TestFactory
    Stream<DynamicTest> sessionsInAFileKeepTheContract() {
        return new SessionContract(
                        () -> {
                            try {
                                return SessionFile.open(Files.createTempDirectory(folder, "data"));
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        })
                .tests();
    }

    @Test
    void sessionsOutliveTheProcessInAFileOfItsOwnersAlone() throws IOException {
        Instant at = Instant.parse("2026-11-22T09:00:00.123Z");
        Session session =
                new Session(
                        Digest.of(),
                        new PersonId("per_1"),
                        at,
                        Authentication.byPasskey(Instant.EPOCH),
                        at,
                        "browser");
        try (SessionFile file = SessionFile.open(folder)) {
            file.keep(session);
        }
        try (SessionFile file = SessionFile.open(folder)) {
            assertThat(file.find(Digest.of())).contains(session);
        }
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(folder.resolve("sessions.db"))))
                .isEqualTo("rw-------");
    }
}
