package dev.remit.web;

import dev.remit.call.Digest;
import dev.remit.http.Edge;
import dev.remit.http.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The files that pages load, {@code /assets/…}: our own, each under a name with its hash, so that a
 * browser keeps it and a changed one has another name.
 */
public final class Assets implements Edge {
    public static final Assets ALL = new Assets();

    private static final class File {
        final String type;
        final byte[] bytes;

        File(String type, byte[] bytes) {
            this.type = type;
            this.bytes = bytes;
        }
    }

    private final Map<String, String> paths = new HashMap<>(); // by plain name
    private final Map<String, File> files = new HashMap<>(); // by path

    private Assets() {
        add("remit.css", "text/css; charset=utf-8");
        for (String script : List.of("passkey.js", "live.js", "approvals.js", "verify.js")) {
            add(script, "text/javascript; charset=utf-8");
        }
    }

    private void add(String name, String type) {
        try (InputStream in = Assets.class.getResourceAsStream(name)) {
            byte[] bytes = Objects.requireNonNull(in, name).readAllBytes();
            String path = "/assets/" + Digest.of(bytes).hex().substring(0, 16) + "/" + name;
            paths.put(name, path);
            files.put(path, new File(type, bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the file of this name is served. */
    public String path(String name) {
        return Objects.requireNonNull(paths.get(name), name);
    }

    @Override
    public void answer(Exchange exchange) {
        File file = files.get(exchange.path());
        if (file == null || !exchange.method().equals("GET")) {
            Page.problem(404, "There is nothing here").answer(exchange);
            return;
        }
        exchange.answer(
                200,
                Map.of(
                        "Content-Type",
                        file.type,
                        "Cache-Control",
                        "public, max-age=31536000, immutable",
                        "X-Content-Type-Options",
                        "nosniff",
                        "Cross-Origin-Resource-Policy",
                        "same-origin"),
                file.bytes);
    }
}
