package dev.remit.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Reads the data of server-sent events (WHATWG HTML, section 9.2), nothing else of them. */
public final class EventStream {
    private EventStream() {}

    public static void read(InputStream body, Consumer<byte[]> events) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        StringBuilder data = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("data:")) {
                data.append(data.isEmpty() ? "" : "\n")
                        .append(line.substring(line.startsWith("data: ") ? 6 : 5));
            } else if (line.isEmpty() && !data.isEmpty()) {
                events.accept(data.toString().getBytes(StandardCharsets.UTF_8));
                data.setLength(0);
            }
        }
    }
}
