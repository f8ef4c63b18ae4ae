package dev.remit.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.remit.call.JsonReader;
import dev.remit.call.Value;
import dev.remit.mandate.Task;
import dev.remit.store.Archive;
import dev.remit.testkit.AttackCase;
import dev.remit.testkit.Ports;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole gateway on a file system that really is full; needs leave to mount one. */
final class FullDiskTest {
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final int MOST = 5_000;

    @TempDir Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void mount() throws Exception {
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", folder.toString()),
                "mounting a small file system needs root");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", folder.toString());
    }

    @Test
    @AttackCase({"CONFIG-004", "CONFIG-009", "AUDIT-002"})
    void aFullDiskClosesTheGatewayUntilThereIsRoom() throws Exception {
        Path data = folder.resolve("data");
        Config config = Config.usual().on(Ports.free());
        int written;
        try (Server server = new Server(config, data, InstantSource.system())) {
            String url = server.url().toString();
            assertThat(get(url + "/readyz").statusCode()).isEqualTo(OK);
            assertThat(addAgent(url, data, "before")).isEqualTo(OK);

            Path stuff = folder.resolve("stuff");
            fill(stuff);
            HttpResponse<String> ready = get(url + "/readyz");
            assertThat(ready.statusCode()).isEqualTo(UNAVAILABLE);
            assertThat(ready.body()).contains("no room");
            int acknowledged = addUntilRefused(url, data);
            assertThat(get(url + "/healthz").statusCode()).isEqualTo(OK);

            Files.delete(stuff);
            assertThat(get(url + "/readyz").statusCode()).isEqualTo(OK);
            assertThat(addAgent(url, data, "after")).isEqualTo(OK);
            assertThat(act(url, data, "mandates/list", Value.Fields.EMPTY))
                    .as("the books are saved again")
                    .isEqualTo(OK);
            written = entries(data);
            assertThat(written).isGreaterThanOrEqualTo(2 + acknowledged);
        }
        try (Server again = new Server(config, data, InstantSource.system())) {
            assertThat(get(again.url() + "/readyz").statusCode()).isEqualTo(OK);
            assertThat(entries(data)).isGreaterThan(written);
        }
    }

    /** The log has its room beforehand: it goes on until that is used up. */
    private int addUntilRefused(String url, Path data) throws Exception {
        Value.Fields mandate =
                Value.object()
                        .put("agent", "before")
                        .put("task", "x".repeat(Task.MAX_WORDS))
                        .put("lives", "PT1H")
                        .put("permissions", new Value.Items(List.of()))
                        .build();
        int acknowledged = 0;
        while (true) {
            int answer = act(url, data, "mandates/new", mandate);
            if (answer != OK) {
                assertThat(answer).isEqualTo(UNAVAILABLE);
                return acknowledged;
            }
            assertThat(++acknowledged).isLessThan(MOST);
        }
    }

    private static int entries(Path data) {
        AtomicInteger count = new AtomicInteger();
        Archive.of(data).read(0, _ -> count.incrementAndGet() > 0);
        return count.get();
    }

    private static void fill(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(new byte[4096]);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    private HttpResponse<String> get(String url) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(url)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private int addAgent(String url, Path data, String name) throws Exception {
        return act(url, data, "agents/add", Value.object().put("name", name).build());
    }

    private int act(String url, Path data, String act, Value.Fields asked) throws Exception {
        Value.Fields file =
                JsonReader.readFields(Files.readAllBytes(data.resolve("operator.json")));
        return http.send(
                        HttpRequest.newBuilder(URI.create(url + "/operator/v1/" + act))
                                .header(
                                        "Authorization",
                                        "Bearer " + file.text("word").orElseThrow())
                                .POST(HttpRequest.BodyPublishers.ofString(asked.json()))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private static boolean run(String... command) throws Exception {
        return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    }
}
