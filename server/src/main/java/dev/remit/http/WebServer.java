package dev.remit.http;

import dev.remit.call.Value;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens, and hands each request to the edge whose path is the longest that fits, on a virtual
 * thread of its own.
 *
 * <p>A request whose {@code Host} or {@code Origin} is not one of the gateway's own is turned away
 * here, for every edge: a page in a browser must not reach a loopback gateway by a name of its own
 * (DNS rebinding).
 */
public final class WebServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
    private static final int MAX_REQUESTS = 10_000;

    private final Vertx vertx;
    private final Set<String> origins;
    private final Set<String> hosts; // as the Host header may name the origins
    private final Map<String, Edge> edges;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger underWay = new AtomicInteger();

    /**
     * @param origins the gateway's own origins, {@code scheme://host:port} in lower case
     * @param edges by path: {@code /mcp} takes {@code /mcp} and all below it; {@code /} takes what
     *     is left
     */
    public WebServer(Vertx vertx, Set<String> origins, Map<String, Edge> edges) {
        this.vertx = vertx;
        this.origins = Set.copyOf(origins);
        this.hosts =
                origins.stream()
                        .flatMap(WebServer::authorities)
                        .collect(Collectors.toUnmodifiableSet());
        this.edges = Map.copyOf(edges);
    }

    /** Starts to listen, one event loop for each processor; returns when it does. */
    public void listen(String host, int port) {
        HttpServerOptions options =
                new HttpServerOptions()
                        .setHost(host)
                        .setPort(port)
                        .setTcpNoDelay(true)
                        .setIdleTimeout(120)
                        .setMaxHeaderSize(32 * 1024)
                        .setMaxInitialLineLength(8 * 1024)
                        .setHttp2ClearTextEnabled(false)
                        .setDecompressionSupported(false);
        vertx.deployVerticle(
                        () -> new Loop(options),
                        new DeploymentOptions()
                                .setInstances(Runtime.getRuntime().availableProcessors()))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    /** One event loop's share of the listening. */
    private final class Loop extends VerticleBase {
        private final HttpServerOptions options;

        Loop(HttpServerOptions options) {
            this.options = options;
        }

        @Override
        public Future<HttpServer> start() {
            return vertx.createHttpServer(options).requestHandler(WebServer.this::receive).listen();
        }
    }

    private void receive(HttpServerRequest request) {
        VertxExchange exchange = new VertxExchange(request);
        if (underWay.incrementAndGet() > MAX_REQUESTS) {
            underWay.decrementAndGet();
            exchange.answer(503, problem("too many requests are under way; try again"));
            return;
        }
        threads.execute(() -> answer(exchange));
    }

    private void answer(Exchange exchange) {
        try {
            if (!isOwn(exchange)) {
                exchange.answer(403, problem("this host or origin is not the gateway's"));
                return;
            }
            edge(exchange.path()).answer(exchange);
        } catch (BodyTooLarge e) {
            exchange.answer(413, problem(String.valueOf(e.getMessage())));
        } catch (ExchangeBroken e) {
            LOG.debug("an exchange broke off: {}", e.getMessage());
        } catch (RuntimeException | Error e) {
            LOG.error("an edge failed; the request was not served", e);
            exchange.answer(500, problem("something went wrong inside the gateway"));
        } finally {
            underWay.decrementAndGet();
        }
    }

    private boolean isOwn(Exchange exchange) {
        List<String> named = exchange.headers("Host");
        if (named.size() != 1) {
            return false;
        }
        if (!hosts.contains(named.getFirst().toLowerCase(Locale.ROOT))) {
            return false;
        }
        for (String origin : exchange.headers("Origin")) {
            if (!origins.contains(withPort(origin.toLowerCase(Locale.ROOT)))) {
                return false;
            }
        }
        return true;
    }

    /** An origin's host and port; without the port too, where it is the scheme's own. */
    private static Stream<String> authorities(String origin) {
        String authority = origin.substring(origin.indexOf("://") + 3);
        String usual = origin.startsWith("https:") ? ":443" : ":80";
        return authority.endsWith(usual)
                ? Stream.of(authority, authority.substring(0, authority.length() - usual.length()))
                : Stream.of(authority);
    }

    private static String withPort(String origin) {
        int host = origin.indexOf("://") + 3;
        boolean hasPort = origin.lastIndexOf(':') > Math.max(host, origin.indexOf(']'));
        return hasPort ? origin : origin + (origin.startsWith("https:") ? ":443" : ":80");
    }

    private Edge edge(String path) {
        String at = path;
        while (true) {
            Edge edge = edges.get(at.isEmpty() ? "/" : at);
            if (edge != null) {
                return edge;
            }
            if (at.isEmpty()) {
                return exchange -> exchange.answer(404, problem("there is nothing at this path"));
            }
            at = at.substring(0, Math.max(0, at.lastIndexOf('/')));
        }
    }

    /** An RFC 9457 problem with nothing but a title. */
    public static Value problem(String title) {
        return Value.object().put("title", title).build();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
