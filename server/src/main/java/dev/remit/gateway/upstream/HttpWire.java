package dev.remit.gateway.upstream;

import dev.remit.call.JsonReader;
import dev.remit.call.JsonWriter;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.gate.UpstreamUnavailable;
import dev.remit.http.BearerChallenge;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streamable HTTP towards one upstream. The event loop moves the bytes; the caller waits for them.
 * Redirects are not followed, so that credentials stay with the origin they are for.
 */
final class HttpWire implements Wire {
    private static final Logger LOG = LoggerFactory.getLogger(HttpWire.class);
    private static final int LONGEST_ERROR = 64 * 1024;
    private static final Duration LONGEST_STREAM = Duration.ofHours(24);
    private static final Duration SENDING = Duration.ofSeconds(10);
    private static final String SESSION = "Mcp-Session-Id";

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    /** These say that the request was turned away before it was acted on. */
    private static final Set<Integer> TURNED_AWAY =
            Set.of(400, 401, 403, 404, 405, 406, 411, 413, 414, 415, 417, 421, 426, 429, 431);

    private final HttpClient client;
    private final Context loop;
    private final Patience patience;
    private final UpstreamSettings.Http settings;
    private final Dressing dressing;
    private final RequestOptions base;
    private volatile String session = "";
    private volatile boolean open = true;
    private volatile boolean complained;

    /**
     * @param loop where everything of this wire happens, so that no request crosses from one event
     *     loop to another
     */
    HttpWire(
            HttpClient client,
            Context loop,
            Patience patience,
            UpstreamSettings.Http settings,
            Dressing dressing) {
        this.client = client;
        this.loop = loop;
        this.patience = patience;
        this.settings = settings;
        this.dressing = dressing;
        boolean tls = "https".equals(settings.url().getScheme());
        String path = settings.url().getRawPath();
        String query = settings.url().getRawQuery();
        this.base =
                new RequestOptions()
                        .setHost(settings.url().getHost())
                        .setPort(
                                settings.url().getPort() >= 0
                                        ? settings.url().getPort()
                                        : tls ? 443 : 80)
                        .setSsl(tls)
                        .setURI((path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query));
    }

    @Override
    public Reply exchange(
            Value.Fields request, Map<String, String> headers, Ear ear, Duration silence) {
        Duration longest =
                silence.compareTo(settings.terms().longest()) > 0
                        ? LONGEST_STREAM
                        : settings.terms().longest();
        try {
            Under first = new Under(inbox(silence, longest), id(request), dressing.next());
            Reply reply = exchange(first, request, headers, ear);
            if (first.status != UNAUTHORIZED || !dressing.renew(first.worn)) {
                return reaching(first, reply);
            }
            Under second = new Under(inbox(silence, longest), id(request), dressing.next());
            return reaching(second, exchange(second, request, headers, ear));
        } catch (UpstreamUnavailable e) {
            return new Reply.NotTaken(String.valueOf(e.getMessage()));
        }
    }

    private Reply exchange(
            Under under, Value.Fields request, Map<String, String> headers, Ear ear) {
        ear.cancelledBy(under::cancel);
        under.start(HttpMethod.POST, headers, Buffer.buffer(JsonWriter.plain(request)));
        Reply reply = under.inbox.await(ear, answer -> send(answer, withoutCall(headers)));
        if (reply instanceof Reply.Lost) {
            under.reset();
        }
        return reply;
    }

    private Reply reaching(Under under, Reply reply) {
        return under.status == FORBIDDEN && dressing.lacks(under.worn, under.challenge)
                ? new Reply.NotTaken(
                        "it wants more than the person agreed to; the person has to agree again")
                : reply;
    }

    private static Value id(Value.Fields request) {
        return request.values().getOrDefault("id", new Value.Nothing());
    }

    /** Hears what the upstream says between requests; returns when it stops saying anything. */
    Reply hear(Map<String, String> headers, Ear ear) {
        try {
            Under under =
                    new Under(
                            inbox(LONGEST_STREAM, LONGEST_STREAM),
                            new Value.Nothing(),
                            dressing.next());
            ear.cancelledBy(under::cancel);
            under.start(HttpMethod.GET, headers, Buffer.buffer());
            return under.inbox.await(ear, answer -> send(answer, headers));
        } catch (UpstreamUnavailable e) {
            return new Reply.NotTaken(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void send(Value.Fields message, Map<String, String> headers) {
        try {
            Under under = new Under(inbox(SENDING, SENDING), new Value.Nothing(), dressing.next());
            under.start(HttpMethod.POST, headers, Buffer.buffer(JsonWriter.plain(message)));
            Reply _ = under.inbox.await(new Deaf(), _ -> {});
        } catch (UpstreamUnavailable e) {
            LOG.debug("{}: {}", settings.name(), e.getMessage());
        }
    }

    private Inbox inbox(Duration silence, Duration longest) {
        return new Inbox(patience, silence, longest);
    }

    private static Map<String, String> withoutCall(Map<String, String> headers) {
        String version = headers.get(Peer.VERSION_HEADER);
        return version == null ? Map.of() : Map.of(Peer.VERSION_HEADER, version);
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    boolean hasSession() {
        return !session.isEmpty();
    }

    @Override
    public void close() {
        open = false;
        if (!session.isEmpty()) {
            try {
                new Under(inbox(SENDING, SENDING), new Value.Nothing(), dressing.next())
                        .start(HttpMethod.DELETE, Map.of(), Buffer.buffer());
            } catch (UpstreamUnavailable e) {
                LOG.debug("{}: {}", settings.name(), e.getMessage());
            }
        }
    }

    /** One HTTP request under way. Its methods run on the event loop, one after the other. */
    private final class Under {
        private final Inbox inbox;
        private final Value id;
        private final Dressing.Worn worn;
        private final AtomicReference<HttpClientRequest> sent = new AtomicReference<>();
        private volatile boolean cancelled;
        private volatile int status;
        private volatile BearerChallenge challenge = BearerChallenge.of("");

        Under(Inbox inbox, Value id, Dressing.Worn worn) {
            this.inbox = inbox;
            this.id = id;
            this.worn = worn;
        }

        void start(HttpMethod method, Map<String, String> headers, Buffer body) {
            RequestOptions options = new RequestOptions(base).setMethod(method);
            options.putHeader(
                    "Accept",
                    method.equals(HttpMethod.GET)
                            ? "text/event-stream"
                            : "application/json, text/event-stream");
            if (method.equals(HttpMethod.POST)) {
                options.putHeader("Content-Type", "application/json");
            }
            dressing.configured(options);
            headers.forEach(options::putHeader);
            if (!session.isEmpty()) {
                options.putHeader(SESSION, session);
            }
            Dressing.credential(options, worn);
            loop.runOnContext(
                    _ ->
                            client.request(options)
                                    .onComplete(
                                            request -> send(request, body),
                                            why ->
                                                    inbox.end(
                                                            new Reply.NotTaken(
                                                                    "it cannot be reached: "
                                                                            + said(why)))));
        }

        private void send(HttpClientRequest request, Buffer body) {
            sent.set(request);
            if (cancelled) {
                request.reset().onComplete(_ -> {}, _ -> {});
                return;
            }
            request.send(body)
                    .onComplete(
                            this::receive,
                            why -> inbox.end(new Reply.Lost("the connection broke: " + said(why))));
        }

        private void receive(HttpClientResponse response) {
            status = response.statusCode();
            if (status == FORBIDDEN) {
                String said = response.getHeader("WWW-Authenticate");
                challenge = BearerChallenge.of(said == null ? "" : said);
            }
            String given = response.getHeader(SESSION);
            if (given != null && status < 300) {
                session = given;
            }
            response.exceptionHandler(
                    why -> inbox.end(new Reply.Lost("the connection broke: " + said(why))));
            String type = response.getHeader("Content-Type");
            boolean stream =
                    type != null && type.toLowerCase(Locale.ROOT).startsWith("text/event-stream");
            if (status < 300 && stream) {
                receiveEvents(response);
            } else {
                receiveWhole(response);
            }
        }

        private void receiveEvents(HttpClientResponse response) {
            EventStream events =
                    new EventStream(
                            settings.terms().message(),
                            this::take,
                            () ->
                                    inbox.end(
                                            new Reply.Lost(
                                                    "it sent a message longer than "
                                                            + settings.terms().message()
                                                            + " bytes")));
            response.handler(part -> events.feed(part.getBytes()));
            response.endHandler(
                    _ -> inbox.end(new Reply.Lost("its stream ended before the answer")));
        }

        private void take(byte[] json) {
            try {
                inbox.receive(readMasked(json), id);
            } catch (MalformedJson e) {
                inbox.end(new Reply.Lost("it sent what cannot be read: " + e.getMessage()));
            }
        }

        private void receiveWhole(HttpClientResponse response) {
            int most = response.statusCode() < 300 ? settings.terms().message() : LONGEST_ERROR;
            Buffer whole = Buffer.buffer();
            response.handler(
                    part -> {
                        if (whole.length() + part.length() > most) {
                            inbox.end(
                                    new Reply.Lost(
                                            "it sent an answer longer than " + most + " bytes"));
                            reset();
                        } else {
                            whole.appendBuffer(part);
                        }
                    });
            response.endHandler(_ -> inbox.end(read(response.statusCode(), whole.getBytes())));
        }

        /** A message without what its upstream was sent as a secret. */
        @SuppressWarnings("ReferenceEquality") // the same message means that nothing was found
        private Value.Fields readMasked(byte[] json) throws MalformedJson {
            Value.Fields said = JsonReader.readFields(json);
            Value.Fields masked = worn.mask().fields(said);
            if (masked != said && !complained) {
                complained = true;
                LOG.warn(
                        "{}: it says a credential that it was sent; it is masked", settings.name());
            }
            return masked;
        }

        private Reply read(int status, byte[] body) {
            if (status < 300) {
                return readAnswer(body);
            }
            if (status == 404 && !session.isEmpty()) {
                return new Reply.Gone("it has forgotten the session");
            }
            if (status < 400) {
                return new Reply.NotTaken("it redirects, which is not followed");
            }
            try {
                var error = readMasked(body).fields("error");
                if (error.isPresent() && error.get().whole("code").isPresent() && status < 500) {
                    return new Reply.Fault(error.get());
                }
            } catch (MalformedJson _) {
                // no message of the protocol; the status says what there is to say
            }
            return TURNED_AWAY.contains(status)
                    ? new Reply.NotTaken("it answered HTTP " + status)
                    : new Reply.Lost("it answered HTTP " + status);
        }

        private Reply readAnswer(byte[] body) {
            if (body.length == 0) {
                return new Reply.Lost("it answered with nothing");
            }
            try {
                Value.Fields message = readMasked(body);
                return Inbox.isAnswer(message, id)
                        ? Inbox.ended(message)
                        : new Reply.Lost("it answered another request");
            } catch (MalformedJson e) {
                return new Reply.Lost("it sent what cannot be read: " + e.getMessage());
            }
        }

        void cancel() {
            inbox.end(new Reply.Lost("the request was taken back"));
            reset();
        }

        void reset() {
            cancelled = true;
            HttpClientRequest request = sent.get();
            if (request != null) {
                request.reset().onComplete(_ -> {}, _ -> {});
            }
        }

        private static String said(Throwable why) {
            String message = why.getMessage();
            return message == null ? why.getClass().getSimpleName() : message;
        }
    }
}
