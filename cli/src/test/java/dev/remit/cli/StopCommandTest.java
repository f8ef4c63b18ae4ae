package dev.remit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.testkit.AttackCase;
import dev.remit.testkit.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code remit stop} and what undoes it, with and without a gateway that runs. */
final class StopCommandTest {
    @TempDir Path home;

    private Commands.Ran run(Commands remit, String... arguments) throws Exception {
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--data";
        all[arguments.length + 1] = home.resolve("data").toString();
        return remit.run(all);
    }

    @Test
    @Timeout(300)
    @AttackCase({"REV-004", "REV-009"})
    void aStopIsConfirmedOutlivesAKillAndIsUndoneByOneWord() throws Exception {
        Commands remit = new Commands(home);
        Files.writeString(home.resolve("remit.yaml"), "listen: 127.0.0.1:" + Ports.free() + "\n");
        String data = home.resolve("data").toString();
        Process gateway = remit.start("Ctrl-C", "up", "--data", data);
        try {
            assertThat(run(remit, "status").out()).contains("Agents are not stopped");
            assertThat(run(remit, "agent", "new", "gone").status()).isZero();
            assertThat(run(remit, "agent", "new", "here").status()).isZero();
            assertThat(run(remit, "agent", "revoke", "gone").status()).isZero();
            Commands.Ran stopped = run(remit, "stop", "--why", "an incident");
            assertThat(stopped.status()).as(stopped.err()).isZero();
            assertThat(stopped.out()).contains("All agents are stopped");
            Commands.Ran status = run(remit, "status", "--json");
            assertThat(status.status()).isZero();
            assertThat(status.out()).contains("\"stopped\":true", "an incident");
            Commands.Ran doctor = run(remit, "doctor");
            assertThat(doctor.status()).isEqualTo(Exit.FOUND_WRONG);
            assertThat(doctor.out()).contains("All agents are stopped", "remit resume");
        } finally {
            gateway.destroyForcibly().waitFor();
        }
        assertThat(run(remit, "status").out()).contains("No gateway", "All agents are stopped");
        Process again = remit.start("Ctrl-C", "up", "--data", data);
        try {
            assertThat(run(remit, "status").out()).contains("All agents are stopped");
            assertThat(run(remit, "agent", "show", "gone").out()).contains("revoked");
            assertThat(run(remit, "agent", "show", "here").out()).doesNotContain("revoked");
            assertThat(run(remit, "resume").out()).contains("may go on");
            assertThat(run(remit, "status").out()).contains("Agents are not stopped");
        } finally {
            again.destroy();
            again.waitFor();
        }
        Commands.Ran nobody = run(remit, "stop");
        assertThat(nobody.status()).isZero();
        assertThat(nobody.out()).contains("None answered");
        assertThat(run(remit, "resume").status()).isZero();
        assertThat(run(remit, "resume").err()).contains("nothing is stopped");
    }
}
