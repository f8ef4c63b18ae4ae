package dev.remit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.testkit.AttackCase;
import dev.remit.testkit.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code remit keys} as an operator types it, and a start without what was sealed with. */
final class KeyCommandsTest {
    @TempDir Path home;

    private static void stop(Process up) throws InterruptedException {
        up.destroyForcibly();
        assertThat(up.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @AttackCase("KEYS-004")
    void keysAreReplacedAndSealedAnewAndMissedWhenTheyAreGone() throws Exception {
        Commands remit = new Commands(home);
        Path data = home.resolve("data");
        Path sealing = data.resolve("keys/sealing.key");
        Files.writeString(home.resolve("remit.yaml"), "listen: 127.0.0.1:" + Ports.free() + "\n");
        String[] start = {"up", "--data", data.toString()};
        Process up = remit.start("Ctrl-C", start);
        try {
            assertThat(remit.run("keys", "list", "--data", data.toString()).out())
                    .contains("tokens       1", "log          1", "passports    1");
            for (String use : new String[] {"tokens", "log"}) {
                Commands.Ran ran =
                        remit.run("keys", "rotate", "--use", use, "--data", data.toString());
                assertThat(ran.out()).as(ran.err()).contains(use, "  2  ", "signs");
            }
            Commands.Ran wrong =
                    remit.run("keys", "rotate", "--use", "state", "--data", data.toString());
            assertThat(wrong.status()).isNotZero();
            assertThat(wrong.err()).contains("tokens, passports or log");
            String before = Files.readString(sealing);
            assertThat(remit.run("keys", "seal", "--data", data.toString()).out())
                    .contains("4 sealed anew");
            assertThat(Files.readString(sealing)).isNotEqualTo(before);
        } finally {
            stop(up);
        }

        String right = Files.readString(sealing);
        Files.delete(sealing);
        Commands.Ran refused = remit.run(start);
        assertThat(refused.status()).isNotZero();
        assertThat(refused.err()).contains("sealing.key is gone", "put it back");
        assertThat(sealing).doesNotExist();
        Files.writeString(sealing, right);
        stop(remit.start("Ctrl-C", start));
        Commands.Ran verified = remit.run("audit", "verify", data.toString());
        assertThat(verified.out()).contains("sound    every entry");
    }
}
