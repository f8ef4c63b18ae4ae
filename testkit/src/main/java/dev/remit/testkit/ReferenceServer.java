package dev.remit.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;

/** The reference server of the testkit, as a process of its own. */
public final class ReferenceServer implements AutoCloseable {
    private final int port = Ports.free();
    private final Process process;

    public ReferenceServer() {
        try {
            process =
                    new ProcessBuilder(
                                    Npm.node(),
                                    Npm.script("reference-server.mjs").toString(),
                                    String.valueOf(port))
                            .redirectErrorStream(true)
                            .start();
            BufferedReader out = process.inputReader();
            String first = out.readLine();
            if (!"ready".equals(first)) {
                throw new IllegalStateException("the reference server says: " + first);
            }
            Thread.ofVirtual().start(() -> out.lines().forEach(_ -> {}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it speaks every revision. */
    public URI everyRevision() {
        return URI.create("http://127.0.0.1:" + port + "/mcp");
    }

    /** Where it speaks only the revisions with sessions. */
    public URI withSessions() {
        return URI.create("http://127.0.0.1:" + port + "/legacy");
    }

    @Override
    public void close() {
        process.destroy();
    }
}
