package dev.remit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Digest;
import dev.remit.ledger.Event;
import dev.remit.store.EmbeddedStore;
import dev.remit.store.LogKeys;
import dev.remit.testkit.Ports;
import dev.remit.testkit.Sample;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A witness as a process, and an auditor who asks it. */
final class WitnessCommandTest {
    @TempDir Path home = Path.of("");

    private static void write(Path data, LogKeys keys) {
        try (EmbeddedStore store =
                EmbeddedStore.open(data, keys, "remit.test/log", InstantSource.system(), "test")) {
            Sample sample = new Sample(store);
            for (int i = 0; i < 5; i++) {
                sample.append(new Event.StrangerRefused("d", "/" + i, 0));
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    @Test
    void whatItSawConvictsAnOlderState() throws Exception {
        Path data = home.resolve("data");
        LogKeys keys = new LogKeys(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        write(data, keys);
        copy(data.resolve("ledger"), home.resolve("old"));
        write(data, keys);
        String key = data.resolve("ledger/key.pub").toString();
        int port = Ports.free();
        Commands commands = new Commands(home);
        Process witness =
                commands.start(
                        "Ctrl-C",
                        "witness",
                        "--data",
                        home.resolve("witness").toString(),
                        "--name",
                        "witness.test",
                        "--log",
                        key,
                        "--listen",
                        "127.0.0.1:" + port);
        Path seen = home.resolve("seen");
        try (HttpClient http = HttpClient.newHttpClient()) {
            String note = Files.readString(data.resolve("ledger/checkpoint"));
            URI add = URI.create("http://127.0.0.1:" + port + "/add-checkpoint");
            assertThat(
                            http.send(
                                            HttpRequest.newBuilder(add)
                                                    .POST(
                                                            HttpRequest.BodyPublishers.ofString(
                                                                    "old 0\n\n" + note))
                                                    .build(),
                                            HttpResponse.BodyHandlers.discarding())
                                    .statusCode())
                    .isEqualTo(200);
            String hash = Digest.of("remit.test/log".getBytes(StandardCharsets.UTF_8)).hex();
            HttpResponse<String> said =
                    http.send(
                            HttpRequest.newBuilder(add.resolve("/" + hash + "/checkpoint")).build(),
                            HttpResponse.BodyHandlers.ofString());
            Files.writeString(seen, said.body());
        } finally {
            witness.destroy();
            witness.waitFor();
        }
        Files.copy(seen, data.resolve("ledger/cosigned"));
        String own = home.resolve("witness/key.pub").toString();
        Commands.Ran sound =
                commands.run(
                        "audit",
                        "verify",
                        data.toString(),
                        "--key",
                        key,
                        "--witness",
                        own,
                        "--seen",
                        seen.toString());
        assertThat(sound.status()).as(sound.out() + sound.err()).isEqualTo(Exit.DONE);
        assertThat(sound.out()).contains("witness.test cosigned 12 entries");
        String old = home.resolve("old").toString();
        Commands.Ran byItself = commands.run("audit", "verify", old, "--key", key);
        assertThat(byItself.status()).as(byItself.out()).isEqualTo(Exit.DONE);
        Commands.Ran asked =
                commands.run("audit", "verify", old, "--key", key, "--seen", seen.toString());
        assertThat(asked.status()).isEqualTo(Exit.FOUND_WRONG);
        assertThat(asked.out()).contains("put back to an older state: it has 6 entries");
    }
}
