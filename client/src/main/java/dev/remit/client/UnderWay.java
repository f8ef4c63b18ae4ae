package dev.remit.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A request on its way to the gateway, which can be taken back however far it has got: before it is
 * sent, before the first byte of its answer, and while the answer comes. Its connection is closed,
 * which is how the gateway notices.
 */
public final class UnderWay {
    private final ReentrantLock lock = new ReentrantLock(); // guards what follows
    private Runnable drop = () -> {};
    private boolean back;

    /** Takes the request back; nothing if it has ended. */
    public void takeBack() {
        Runnable now;
        lock.lock();
        try {
            back = true;
            now = drop;
        } finally {
            lock.unlock();
        }
        now.run();
    }

    public boolean isTakenBack() {
        lock.lock();
        try {
            return back;
        } finally {
            lock.unlock();
        }
    }

    /** Sends the request, unless it was taken back, and waits for the answer to begin. */
    HttpResponse<InputStream> send(HttpClient http, HttpRequest request)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<InputStream>> answer =
                begin(http, request).orElseThrow(CancellationException::new);
        try {
            HttpResponse<InputStream> response = answer.get();
            become(() -> close(response.body()));
            return response;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        }
    }

    private Optional<CompletableFuture<HttpResponse<InputStream>>> begin(
            HttpClient http, HttpRequest request) {
        lock.lock();
        try {
            if (back) {
                return Optional.empty();
            }
            CompletableFuture<HttpResponse<InputStream>> answer =
                    http.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
            drop = () -> answer.cancel(true);
            return Optional.of(answer);
        } finally {
            lock.unlock();
        }
    }

    private void become(Runnable closing) {
        boolean late;
        lock.lock();
        try {
            drop = closing;
            late = back;
        } finally {
            lock.unlock();
        }
        if (late) {
            closing.run();
        }
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            // It was closed already.
        }
    }
}
