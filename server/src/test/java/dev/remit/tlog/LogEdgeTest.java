package dev.remit.tlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.authority.KnockedGateway;
import dev.remit.call.Digest;
import dev.remit.ledger.Checkpoint;
import dev.remit.ledger.Merkle;
import dev.remit.ledger.Tile;
import dev.remit.testkit.AttackCase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a stranger sees of the log of a whole gateway, and what they do not. */
final class LogEdgeTest {
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    @AttackCase("AUDIT-014")
    void whoeverAsksSeesTheCheckpointAndTheHashesAndNothingElse(@TempDir Path data)
            throws Exception {
        try (KnockedGateway gateway = new KnockedGateway(data)) {
            gateway.code("scribe");
            HttpResponse<byte[]> note = whenQuiet(gateway);
            assertThat(note.statusCode()).isEqualTo(200);
            assertThat(header(note, "Content-Type")).isEqualTo("text/plain; charset=utf-8");
            assertThat(header(note, "Cache-Control")).isEqualTo("max-age=1");
            Checkpoint signed =
                    Checkpoint.verified(
                                    new String(note.body(), StandardCharsets.UTF_8),
                                    Files.readString(data.resolve("ledger/key.pub")))
                            .orElseThrow();
            int size = (int) signed.size();
            assertThat(size).isBetween(1, 255);

            HttpResponse<byte[]> tile = get(gateway, tile(0, 0, size));
            assertThat(header(tile, "Content-Type")).isEqualTo("application/octet-stream");
            assertThat(header(tile, "Cache-Control")).contains("immutable");
            Merkle tree = new Merkle();
            for (int at = 0; at < tile.body().length; at += 32) {
                tree.add(Digest.ofBytes(Arrays.copyOfRange(tile.body(), at, at + 32)));
            }
            assertThat(tree.size()).isEqualTo(size);
            assertThat(tree.root()).isEqualTo(signed.root());
            assertThat(get(gateway, tile(0, 0, 1)).body())
                    .isEqualTo(Arrays.copyOf(tile.body(), 32));
            for (String path : others(size)) {
                HttpResponse<byte[]> answer = get(gateway, path);
                assertThat(answer.statusCode()).as(path).isEqualTo(404);
                assertThat(header(answer, "Cache-Control")).as(path).isEqualTo("no-store");
            }
            HttpResponse<byte[]> posted =
                    send(
                            HttpRequest.newBuilder(uri(gateway, "/log/checkpoint"))
                                    .POST(HttpRequest.BodyPublishers.ofString("x"))
                                    .build());
            assertThat(posted.statusCode()).isEqualTo(405);
        }
    }

    /** The checkpoint that covers everything. */
    private HttpResponse<byte[]> whenQuiet(KnockedGateway gateway) throws InterruptedException {
        String all = "\n" + gateway.events().size() + "\n";
        HttpResponse<byte[]> note = get(gateway, "/log/checkpoint");
        while (!new String(note.body(), StandardCharsets.UTF_8).contains(all)) {
            Thread.sleep(50);
            note = get(gateway, "/log/checkpoint");
        }
        return note;
    }

    private static List<String> others(int size) {
        return List.of(
                tile(0, 0, Tile.FULL),
                tile(0, 0, size + 1),
                tile(0, 1, 1),
                tile(1, 0, 1),
                "/log",
                "/log/",
                "/log/key.pub",
                "/log/checkpoint/",
                "/log/checkpoint.new",
                "/log/tile/entries/000",
                "/log/tile/entries/000.p/" + size,
                "/log/tile/0/000.p/0",
                "/log/tile/0/000.p/999999999999",
                "/log/tile/0/x999/x999/x999/x999/999",
                "/log/tile/63/000.p/1",
                "/log/tile/0/%2e%2e/000.p/1",
                "/log/tile/0/..%2f..%2fkey.pub",
                "/log/tile/0/000.p/1/",
                "/log/tile//0/000.p/1",
                "/log/00000000000000000000.seg",
                "/log/leaves");
    }

    private static String tile(int level, long index, int width) {
        return "/log/tile/" + new Tile(level, index, width).path();
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static URI uri(KnockedGateway gateway, String path) {
        return URI.create(gateway.issuer() + path);
    }

    private HttpResponse<byte[]> get(KnockedGateway gateway, String path) {
        return send(HttpRequest.newBuilder(uri(gateway, path)).build());
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
