package dev.remit.bench.tokens;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Waits until a server that was started answers. */
final class Ready {
    private static final int LONGEST = 180; // seconds

    private Ready() {}

    static void await(Process process, URI address) throws IOException, InterruptedException {
        for (int second = 0; second < LONGEST && process.isAlive(); second++) {
            try {
                HttpURLConnection asked = (HttpURLConnection) address.toURL().openConnection();
                if (asked.getResponseCode() == 200) {
                    return;
                }
            } catch (java.net.ConnectException e) {
                // not yet
            }
            Thread.sleep(1_000);
        }
        throw new IllegalStateException("nothing answers at " + address);
    }
}
