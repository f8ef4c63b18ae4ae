package dev.remit.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An exchange over Vert.x: its event loop moves the bytes, this thread waits for them. */
final class VertxExchange implements Exchange {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Body body;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();

    /** Called on the event loop. */
    VertxExchange(HttpServerRequest request) {
        this.request = request;
        this.response = request.response();
        this.body = new Body(request);
        response.closeHandler(_ -> gone.complete(null));
        response.exceptionHandler(_ -> gone.complete(null));
    }

    @Override
    public String method() {
        return request.method().name();
    }

    @Override
    public String path() {
        String path = request.path();
        return path == null ? "" : path;
    }

    @Override
    public Optional<String> query() {
        return Optional.ofNullable(request.query());
    }

    @Override
    public List<String> headers(String name) {
        return request.headers().getAll(name);
    }

    @Override
    public List<String> headerNames() {
        return List.copyOf(request.headers().names());
    }

    @Override
    public String from() {
        SocketAddress other = request.remoteAddress();
        return other == null || other.hostAddress() == null ? "unknown" : other.hostAddress();
    }

    @Override
    public byte[] body(int most) {
        return body.read(most, PATIENCE);
    }

    @Override
    public void addHeader(String name, String value) {
        response.headers().add(name, value);
    }

    @Override
    public void answer(int status, Map<String, String> headers, byte[] body) {
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(status);
        headers.forEach(response::putHeader);
        if (!request.isEnded()) {
            response.putHeader("Connection", "close"); // what is left of the body is not wanted
        }
        response.end(Buffer.buffer(body));
    }

    @Override
    public Streamed stream(int status, Map<String, String> headers) {
        response.setStatusCode(status).setChunked(true);
        headers.forEach(response::putHeader);
        return new Streamed() {
            @Override
            public boolean write(byte[] part) {
                if (!isOpen()) {
                    return false;
                }
                try {
                    await(
                            response.write(Buffer.buffer(part))
                                    .toCompletionStage()
                                    .toCompletableFuture());
                    return true;
                } catch (ExchangeBroken e) {
                    gone.complete(null);
                    return false;
                }
            }

            @Override
            public boolean isOpen() {
                return !response.ended() && !response.closed() && !gone.isDone();
            }

            @Override
            public void end() {
                if (isOpen()) {
                    response.end();
                }
            }
        };
    }

    @Override
    public void whenGone(Runnable then) {
        var _ =
                gone.thenRun(
                        () -> {
                            if (!response.ended()) {
                                Thread.ofVirtual().start(then);
                            }
                        });
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | CompletionException e) {
            throw new ExchangeBroken("the other side went away", e);
        } catch (TimeoutException e) {
            throw new ExchangeBroken("the other side stalled", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExchangeBroken("the gateway is stopping", e);
        }
    }
}
