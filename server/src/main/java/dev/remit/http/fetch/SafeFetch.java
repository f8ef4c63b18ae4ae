package dev.remit.http.fetch;

import dev.remit.identity.Origin;
import dev.remit.identity.Secret;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Asks addresses that somebody outside named: metadata, keys, token endpoints, status lists. The
 * one way out for all of them.
 *
 * <p>Only https; the name is looked up once, every address it has must be on the public network,
 * and the connection goes to one of exactly those. Redirects are not followed, no proxy is used,
 * size and time have an end, and the type of the answer must be the one that was asked for. An
 * origin that the operator vouches for may be private and, on this machine, plain.
 */
public final class SafeFetch implements AutoCloseable {
    /** The longest answer that is read. */
    public static final int LONGEST = 256 * 1024;

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration WHOLE = Duration.ofSeconds(10);
    private static final String JSON = "application/json";
    private static final String NOT_REACHED = "it cannot be reached from here";

    private final HttpClient client;
    private final Context loop; // on another one, an answer could end before it is listened to
    private final Resolver resolver;
    private final Predicate<InetAddress> isPublic;
    private final Set<Origin> trusted;

    /** Looks up names. */
    interface Resolver {
        InetAddress[] resolve(String name) throws UnknownHostException;
    }

    /**
     * @param trusted origins that the operator vouches for
     */
    public SafeFetch(Vertx vertx, Set<Origin> trusted) {
        this(vertx, trusted, InetAddress::getAllByName, Addresses::isPublic, _ -> {});
    }

    SafeFetch(
            Vertx vertx,
            Set<Origin> trusted,
            Resolver resolver,
            Predicate<InetAddress> isPublic,
            Consumer<HttpClientOptions> more) {
        HttpClientOptions options =
                new HttpClientOptions()
                        .setConnectTimeout((int) CONNECT.toMillis())
                        .setKeepAlive(false) // each connection is to an address just checked
                        .setMaxHeaderSize(16 * 1024);
        more.accept(options);
        this.client = vertx.createHttpClient(options);
        this.loop = vertx.getOrCreateContext();
        this.trusted = Set.copyOf(trusted);
        this.resolver = resolver;
        this.isPublic = isPublic;
    }

    /**
     * What is sent.
     *
     * @param headers may be secret; they go to this origin alone
     * @param body of a POST; a GET has none
     * @param types the types of answer that are taken
     */
    public record Asked(
            URI url, Map<String, Secret> headers, Optional<Secret> body, Set<String> types) {
        public static Asked get(URI url, String... types) {
            return new Asked(url, Map.of(), Optional.empty(), Set.of(types));
        }

        /** A form, to be answered with JSON. */
        public static Asked form(URI url, Map<String, Secret> headers, Secret form) {
            Map<String, Secret> all = new LinkedHashMap<>(headers);
            all.put("Content-Type", new Secret("application/x-www-form-urlencoded"));
            return new Asked(url, all, Optional.of(form), Set.of(JSON));
        }

        /** JSON, to be answered with JSON. */
        public static Asked json(URI url, String json) {
            return new Asked(
                    url,
                    Map.of("Content-Type", new Secret(JSON)),
                    Optional.of(new Secret(json)),
                    Set.of(JSON));
        }
    }

    /** Whether a URL is of a form that is ever asked; where it leads is seen when it is asked. */
    public boolean mayBeAsked(URI url) {
        return Target.of(url, trusted).isPresent();
    }

    /** Asks, and waits for the answer. */
    public Fetched fetch(Asked asked) {
        Optional<Target> target = Target.of(asked.url(), trusted);
        if (target.isEmpty()) {
            return new Fetched.Refused("its address is none that is asked; it must be https://…");
        }
        CompletableFuture<Fetched> answer = new CompletableFuture<>();
        Thread asking = Thread.ofVirtual().start(() -> ask(target.get(), asked, answer));
        try {
            return answer.get(WHOLE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new Fetched.Refused(NOT_REACHED);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Fetched.Refused("the gateway stopped waiting for it");
        } finally {
            answer.complete(new Fetched.Refused(NOT_REACHED)); // late answers count for nothing
            asking.interrupt();
        }
    }

    private void ask(Target target, Asked asked, CompletableFuture<Fetched> answer) {
        Optional<InetAddress> address = address(target);
        if (address.isEmpty() || answer.isDone()) {
            answer.complete(new Fetched.Refused(NOT_REACHED));
            return;
        }
        RequestOptions options =
                new RequestOptions()
                        .setServer(
                                SocketAddress.inetSocketAddress(
                                        target.origin().port(), address.get().getHostAddress()))
                        .setHost(target.origin().host())
                        .setPort(target.origin().port())
                        .setSsl(target.origin().isTls())
                        .setMethod(asked.body().isPresent() ? HttpMethod.POST : HttpMethod.GET)
                        .setURI(target.pathAndQuery())
                        .setTimeout(WHOLE.toMillis())
                        .setIdleTimeout(WHOLE.toMillis())
                        .putHeader("Accept", String.join(", ", asked.types()));
        asked.headers().forEach((name, secret) -> options.putHeader(name, secret.reveal()));
        Buffer body = Buffer.buffer(asked.body().map(Secret::reveal).orElse(""));
        loop.runOnContext(_ -> send(options, asked, body, answer));
    }

    private void send(
            RequestOptions options, Asked asked, Buffer body, CompletableFuture<Fetched> answer) {
        client.request(options)
                .compose(request -> asked.body().isPresent() ? request.send(body) : request.send())
                .onComplete(
                        response -> receive(response, asked.types(), answer),
                        _ -> answer.complete(new Fetched.Refused(NOT_REACHED)));
    }

    /** The address to connect to, if every address of the name may be. */
    private Optional<InetAddress> address(Target target) {
        try {
            InetAddress[] all =
                    target.literal().isPresent()
                            ? new InetAddress[] {target.literal().get()}
                            : resolver.resolve(target.origin().host());
            boolean vouched = trusted.contains(target.origin());
            boolean allowed = vouched || List.of(all).stream().allMatch(isPublic);
            return allowed && all.length > 0 ? Optional.of(all[0]) : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static void receive(
            HttpClientResponse response, Set<String> types, CompletableFuture<Fetched> answer) {
        int status = response.statusCode();
        response.exceptionHandler(_ -> answer.complete(new Fetched.Refused(NOT_REACHED)));
        if (status >= 300 && status < 400) {
            end(response, answer, "it redirects, which is not followed");
            return;
        }
        String type = Optional.ofNullable(response.getHeader("Content-Type")).orElse("");
        int end = type.indexOf(';') < 0 ? type.length() : type.indexOf(';');
        if (status < 300
                && !types.contains(type.substring(0, end).strip().toLowerCase(Locale.ROOT))) {
            end(response, answer, "its answer is of another type than " + String.join(", ", types));
            return;
        }
        Map<String, String> headers = new LinkedHashMap<>();
        response.headers()
                .forEach(
                        one ->
                                headers.putIfAbsent(
                                        one.getKey().toLowerCase(Locale.ROOT), one.getValue()));
        Buffer whole = Buffer.buffer();
        response.handler(
                part -> {
                    if (whole.length() + part.length() > LONGEST) {
                        end(response, answer, "its answer is longer than " + LONGEST + " bytes");
                    } else {
                        whole.appendBuffer(part);
                    }
                });
        response.endHandler(
                _ -> answer.complete(new Fetched.Answered(status, headers, whole.getBytes())));
    }

    private static void end(
            HttpClientResponse response, CompletableFuture<Fetched> answer, String why) {
        answer.complete(new Fetched.Refused(why));
        response.request().reset().onComplete(_ -> {}, _ -> {});
    }

    @Override
    public void close() {
        client.close().onComplete(_ -> {}, _ -> {});
    }
}
