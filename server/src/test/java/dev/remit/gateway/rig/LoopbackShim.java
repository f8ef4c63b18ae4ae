package dev.remit.gateway.rig;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.util.List;

/**
 * Stands where a connector would: takes plain requests on the loopback and adds one agent's token
 * and proof; everything else it passes on as it came, {@code Host} and {@code Origin} included.
 */
public final class LoopbackShim implements AutoCloseable {
    private final int port;
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client =
            vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(200));
    private final HttpServer server;
    private final TestAgent agent;
    private final URI gateway;

    public LoopbackShim(int port, TestAgent agent, String gateway) {
        this.port = port;
        this.agent = agent;
        this.gateway = URI.create(gateway);
        this.server =
                vertx.createHttpServer()
                        .requestHandler(this::pass)
                        .listen(port, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
    }

    public String origin() {
        return "http://127.0.0.1:" + port;
    }

    /** The origins that a gateway behind a shim at this port is reached by. */
    public static List<String> origins(int port) {
        return List.of("http://127.0.0.1:" + port, "http://localhost:" + port);
    }

    private void pass(HttpServerRequest in) {
        in.pause();
        RequestOptions options =
                new RequestOptions()
                        .setMethod(in.method())
                        .setHost(gateway.getHost())
                        .setPort(gateway.getPort())
                        .setURI(in.uri());
        client.request(options)
                .onFailure(_ -> in.response().setStatusCode(502).end())
                .onSuccess(out -> pass(in, out));
    }

    private void pass(HttpServerRequest in, HttpClientRequest out) {
        in.headers()
                .forEach(
                        header -> {
                            if (!header.getKey().equalsIgnoreCase("host")) {
                                out.headers().add(header.getKey(), header.getValue());
                            }
                        });
        HostAndPort host = in.authority();
        if (host != null) {
            out.authority(host);
        }
        agent.credentials(in.method().name(), gateway + in.path())
                .forEach((name, value) -> out.putHeader(name, value));
        in.response().closeHandler(_ -> out.reset());
        out.response()
                .onFailure(_ -> in.response().reset())
                .onSuccess(
                        back -> {
                            in.response().setStatusCode(back.statusCode());
                            back.headers()
                                    .forEach(
                                            header ->
                                                    in.response()
                                                            .headers()
                                                            .add(
                                                                    header.getKey(),
                                                                    header.getValue()));
                            back.pipeTo(in.response());
                        });
        in.pipeTo(out);
    }

    @Override
    public void close() {
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
