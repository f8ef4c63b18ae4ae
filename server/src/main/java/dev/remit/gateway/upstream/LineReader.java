package dev.remit.gateway.upstream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** Reads lines of bounded length; what is longer is left out up to the line's end, and told. */
final class LineReader {
    private final InputStream in;
    private final int most;
    private final Consumer<byte[]> lines;
    private final Runnable tooLong;

    LineReader(InputStream in, int most, Consumer<byte[]> lines, Runnable tooLong) {
        this.in = in;
        this.most = most;
        this.lines = lines;
        this.tooLong = tooLong;
    }

    /** Reads to the end. */
    void read() throws IOException {
        byte[] part = new byte[16 * 1024];
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean skipping = false;
        for (int read = in.read(part); read >= 0; read = in.read(part)) {
            int start = 0;
            for (int at = 0; at < read; at++) {
                if (part[at] != '\n') {
                    continue;
                }
                if (skipping) {
                    skipping = false;
                    tooLong.run();
                } else {
                    line.write(part, start, at - start);
                    lines.accept(line.toByteArray());
                }
                line.reset();
                start = at + 1;
            }
            if (!skipping && line.size() + (read - start) > most) {
                skipping = true;
                line = new ByteArrayOutputStream();
            }
            if (!skipping) {
                line.write(part, start, read - start);
            }
        }
    }
}
