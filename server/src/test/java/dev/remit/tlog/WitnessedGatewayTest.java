package dev.remit.tlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.authority.KnockedGateway;
import dev.remit.call.Digest;
import dev.remit.call.Value;
import dev.remit.ledger.NoteKey;
import dev.remit.ledger.audit.Finding;
import dev.remit.ledger.audit.Report;
import dev.remit.ledger.audit.Verifier;
import dev.remit.main.Config;
import dev.remit.main.WitnessServer;
import dev.remit.store.Verification;
import dev.remit.testkit.AttackCase;
import dev.remit.testkit.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole gateway and a whole witness, each with a folder of its own. */
final class WitnessedGatewayTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir Path folder = Path.of("");
    private final HttpClient http = HttpClient.newHttpClient();
    private int port;
    private Path data = Path.of("");
    private String logKey = "";

    @BeforeEach
    void beginALog() throws IOException {
        port = Ports.free();
        data = folder.resolve("data");
        try (KnockedGateway gateway = new KnockedGateway(data)) {
            gateway.code("first");
        }
        logKey = Files.readString(data.resolve("ledger/key.pub")).strip();
    }

    private WitnessServer witness() {
        return new WitnessServer(
                new Config.Address("127.0.0.1", port, "http://127.0.0.1:" + port),
                folder.resolve("witness"),
                Optional.of("witness.test/w"),
                List.of(NoteKey.read(logKey, NoteKey.Kind.LOG).orElseThrow()),
                InstantSource.system());
    }

    private KnockedGateway gateway(NoteKey key) throws IOException {
        WitnessSettings settings = new WitnessSettings(URI.create("http://127.0.0.1:" + port), key);
        return new KnockedGateway(
                data, Config.usual().on(Ports.free()).withWitnesses(List.of(settings)));
    }

    private static NoteKey key(WitnessServer witness) {
        return NoteKey.read(witness.key(), NoteKey.Kind.WITNESS).orElseThrow();
    }

    private HttpResponse<String> get(String url) {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create(url)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void until(BooleanSupplier holds) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (!holds.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(end);
            Thread.sleep(50);
        }
    }

    private static String size(String note) {
        return note.lines().skip(1).findFirst().orElse("");
    }

    private String seen() {
        String hash = Digest.of(logKey.split("\\+", 2)[0].getBytes(StandardCharsets.UTF_8)).hex();
        return get("http://127.0.0.1:" + port + "/" + hash + "/checkpoint").body();
    }

    private Report verify(NoteKey key, Optional<String> seen) {
        return Verification.of(data, Optional.of(logKey), new Verifier.Brought(List.of(key), seen));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path one : all.sorted().toList()) {
                Path there = to.resolve(from.relativize(one).toString());
                if (Files.isDirectory(one)) {
                    Files.createDirectories(there);
                } else {
                    Files.copy(one, there);
                }
            }
        }
    }

    @Test
    void whatIsWrittenIsCosignedAndAWitnessThatIsGoneHoldsNothingUp() throws Exception {
        NoteKey key;
        try (WitnessServer witness = witness()) {
            key = key(witness);
            try (KnockedGateway gateway = gateway(key)) {
                gateway.code("second");
                int entries = gateway.events().size();
                until(() -> Integer.parseInt(size(seen())) >= entries);
                assertThat(get(gateway.issuer() + "/readyz").body())
                        .contains("\"ready\"", "\"trouble\":\"\"");
                until(
                        () ->
                                get(gateway.issuer() + "/log/checkpoint")
                                        .body()
                                        .contains("— witness.test/w "));
            }
        }
        Report report = verify(key, Optional.empty());
        assertThat(report.findings()).isEmpty();
        assertThat(report.remarks()).anyMatch(one -> one.contains("witness.test/w cosigned"));
        try (KnockedGateway alone = gateway(key)) {
            assertThat(alone.code("third")).isNotEmpty();
            HttpResponse<String> ready = get(alone.issuer() + "/readyz");
            assertThat(ready.statusCode()).isEqualTo(200);
            assertThat(ready.body()).contains("cannot be reached");
            try (WitnessServer _ = witness()) {
                until(() -> get(alone.issuer() + "/readyz").body().contains("\"trouble\":\"\""));
            }
        }
        assertThat(verify(key, Optional.empty()).findings()).isEmpty();
    }

    @Test
    @AttackCase({"AUDIT-007", "AUDIT-008"})
    void yesterdaysBackupIsFoundOutAndWritesNothing() throws Exception {
        Path backup = folder.resolve("backup");
        try (WitnessServer witness = witness()) {
            NoteKey key = key(witness);
            try (KnockedGateway gateway = gateway(key)) {
                gateway.code("second");
            }
            copy(data, backup);
            try (KnockedGateway gateway = gateway(key)) {
                for (int i = 0; i < 20; i++) {
                    gateway.code("later-" + i);
                }
                int entries = gateway.events().size();
                until(() -> Integer.parseInt(size(seen())) >= entries);
                assertThat(get(gateway.issuer() + "/readyz").statusCode()).isEqualTo(200);
            }
            String seen = seen();
            assertThat(verify(key, Optional.of(seen)).findings()).isEmpty();

            Path newest = folder.resolve("newest");
            Files.move(data, newest);
            copy(backup, data);
            assertThat(verify(key, Optional.empty()).isSound()).as("by itself").isTrue();
            assertThat(verify(key, Optional.of(seen)).findings())
                    .hasExactlyElementsOfTypes(Finding.RolledBack.class);
            try (KnockedGateway gateway = gateway(key)) {
                HttpResponse<String> ready = get(gateway.issuer() + "/readyz");
                assertThat(ready.statusCode()).isEqualTo(503);
                assertThat(ready.body()).contains("older state of the log");
                int before = gateway.events().size();
                Value.Fields answer =
                        gateway.operator("agents/add", Value.object().put("name", "more").build());
                assertThat(answer.text("code")).isEmpty();
                assertThat(gateway.events()).hasSize(before);
            }
            try (KnockedGateway alone = new KnockedGateway(data)) { // goes on unwitnessed
                for (int i = 0; i < 30; i++) {
                    alone.code("other-" + i);
                }
            }
            assertThat(verify(key, Optional.of(seen)).findings())
                    .hasExactlyElementsOfTypes(Finding.Forked.class);
            try (KnockedGateway gateway = gateway(key)) {
                HttpResponse<String> ready = get(gateway.issuer() + "/readyz");
                assertThat(ready.statusCode()).isEqualTo(503);
                assertThat(ready.body()).contains("continued from an older state");
            }
            assertThat(seen()).isEqualTo(seen);

            Files.move(data, folder.resolve("forked"));
            Files.move(newest, data);
            try (KnockedGateway gateway = gateway(key)) {
                assertThat(get(gateway.issuer() + "/readyz").statusCode()).isEqualTo(200);
                assertThat(gateway.code("again")).isNotEmpty();
            }
        }
    }

    @Test
    void aWitnessSaysWhatTheProtocolSays() throws Exception {
        try (WitnessServer witness = witness()) {
            String url = "http://127.0.0.1:" + port;
            assertThat(get(url + "/" + "0".repeat(64) + "/checkpoint").statusCode()).isEqualTo(404);
            assertThat(seen()).contains("nothing at this path");
            String note = Files.readString(data.resolve("ledger/checkpoint"));
            assertThat(post(url, "old 0\n\n" + note).statusCode()).isEqualTo(200);
            HttpResponse<String> elsewhere = post(url, "old 0\n\n" + note);
            assertThat(elsewhere.statusCode()).isEqualTo(409);
            assertThat(elsewhere.headers().firstValue("Content-Type")).hasValue("text/x.tlog.size");
            assertThat(elsewhere.body()).isEqualTo(size(note) + "\n");
            assertThat(post(url, "old " + size(note) + "\nAAAA\n\n" + note).statusCode())
                    .isEqualTo(400);
            String one = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
            assertThat(post(url, "old " + size(note) + "\n" + one + "\n" + note).statusCode())
                    .isEqualTo(422);
            assertThat(post(url, "old 0\n\n" + note.replace("remit/", "rem1t/")).statusCode())
                    .isEqualTo(404);
            assertThat(post(url, "old 0\n\n" + note.replace("\n" + size(note), "\n1")).statusCode())
                    .isEqualTo(403);
            assertThat(post(url, "x".repeat(70_000)).statusCode()).isEqualTo(413);
            assertThat(get(url + "/add-checkpoint").statusCode()).isEqualTo(404);
            assertThat(witness.key()).startsWith("witness.test/w+");
        }
        assertThat(Files.getPosixFilePermissions(folder.resolve("witness/witness.key"))).hasSize(2);
    }

    private HttpResponse<String> post(String url, String body) {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create(url + "/add-checkpoint"))
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
