package dev.remit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.mandate.Mandate;
import dev.remit.store.EmbeddedStore;
import dev.remit.store.LogKeys;
import dev.remit.testkit.Sample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A receipt from one machine, checked on another that has nothing but the key. */
final class ReceiptCommandTest {
    @TempDir Path home = Path.of("");

    @Test
    void whoeverHasTheKeyLearnsWhatWasOpened() throws Exception {
        Path data = home.resolve("data");
        LogKeys keys = new LogKeys(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        try (EmbeddedStore store =
                EmbeddedStore.open(data, keys, "remit.test/log", InstantSource.system(), "test")) {
            Sample sample = new Sample(store);
            Mandate mandate = sample.ready("a");
            sample.append(sample.allowed(mandate, "free", "one"));
        }
        Commands commands = new Commands(home);
        Commands.Ran made =
                commands.run(
                        "audit",
                        "receipt",
                        "call_one",
                        "--data",
                        data.toString(),
                        "--with",
                        "arguments,words");
        assertThat(made.status()).as(made.err()).isEqualTo(Exit.DONE);
        Path receipt = Files.writeString(home.resolve("receipt.json"), made.out());
        Path key = Files.copy(data.resolve("ledger/key.pub"), home.resolve("key.pub"));
        String[] verify = {"audit", "verify-receipt", receipt.toString(), "--key", key.toString()};
        Commands.Ran holds = commands.run(verify);
        assertThat(holds.status()).as(holds.out() + holds.err()).isEqualTo(Exit.DONE);
        assertThat(holds.out())
                .contains("update the agenda", "/agenda/one", "agt_a", "up.tool", "per_1", "holds")
                .doesNotContain("give --key");

        Files.writeString(receipt, made.out().replaceFirst("\"index\":([0-9])", "\"index\":1$1"));
        Commands.Ran broken = commands.run(verify);
        assertThat(broken.status()).isEqualTo(Exit.FOUND_WRONG);
        assertThat(broken.out()).contains("WRONG", "DOES NOT HOLD").doesNotContain("agenda");
        assertThat(commands.run("audit", "receipt", "call_none", "--data", data.toString()).err())
                .contains("knows no decision on call_none");
    }
}
