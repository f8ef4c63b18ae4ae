package dev.remit.tlog;

import dev.remit.http.Edge;
import dev.remit.http.Exchange;
import dev.remit.http.WebServer;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.ledger.Tile;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The log as everybody may see it (C2SP tlog-tiles): its checkpoint and the hashes of its tree. The
 * entries are not here; a hash tells nothing of them, because each has a random part.
 */
public final class LogEdge implements Edge {
    public static final String PATH = "/log";
    private static final String CHECKPOINT = PATH + "/checkpoint";
    private static final String TILES = PATH + "/tile/";

    private final Supplier<String> checkpoint;
    private final Function<Tile, Optional<byte[]>> tiles;

    /**
     * @param tiles those that the checkpoint covers
     */
    public LogEdge(Supplier<String> checkpoint, Function<Tile, Optional<byte[]>> tiles) {
        this.checkpoint = checkpoint;
        this.tiles = tiles;
    }

    @Override
    public void answer(Exchange exchange) {
        String path = exchange.path();
        if (!exchange.method().equals("GET")) {
            exchange.addHeader("Allow", "GET");
            exchange.answer(405, WebServer.problem("the log is only read"));
            return;
        }
        try {
            if (path.equals(CHECKPOINT)) {
                byte[] note = checkpoint.get().getBytes(StandardCharsets.UTF_8);
                send(exchange, "text/plain; charset=utf-8", "max-age=1", note);
                return;
            }
            Optional<byte[]> hashes =
                    path.startsWith(TILES)
                            ? Tile.of(path.substring(TILES.length())).flatMap(tiles)
                            : Optional.empty();
            hashes.ifPresentOrElse(
                    some ->
                            send(
                                    exchange,
                                    "application/octet-stream",
                                    "public, max-age=31536000, immutable",
                                    some),
                    () -> notThere(exchange));
        } catch (LedgerUnavailable _) {
            exchange.addHeader("Cache-Control", "no-store");
            exchange.answer(503, WebServer.problem("the log cannot be read now; try again"));
        }
    }

    private static void notThere(Exchange exchange) {
        exchange.addHeader("Cache-Control", "no-store"); // a tile may be there in a second
        exchange.answer(404, WebServer.problem("there is nothing at this path"));
    }

    private static void send(Exchange exchange, String type, String cache, byte[] body) {
        exchange.answer(
                200,
                Map.of(
                        "Content-Type",
                        type,
                        "Cache-Control",
                        cache,
                        "X-Content-Type-Options",
                        "nosniff"),
                body);
    }
}
