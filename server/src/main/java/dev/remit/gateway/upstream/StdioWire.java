package dev.remit.gateway.upstream;

import dev.remit.call.JsonReader;
import dev.remit.call.JsonWriter;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.gateway.wire.Meta;
import dev.remit.gateway.wire.Rpc;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lines of JSON to and from one child process. One thread writes and one reads, for as long as the
 * process runs; whoever asks waits at an {@link Inbox}.
 */
final class StdioWire implements Wire {
    private static final Logger LOG = LoggerFactory.getLogger(StdioWire.class);
    private static final int MOST_WAITING = 1_000;

    private final UpstreamSettings.Stdio settings;
    private final Program program;
    private final Mask mask;
    private final Patience patience;
    private final Consumer<Value.Fields> stray;
    private final Map<Long, Waiting> waiting = new ConcurrentHashMap<>();
    private final BlockingQueue<Line> toWrite = new LinkedBlockingQueue<>(MOST_WAITING);
    private volatile boolean open = true;
    private volatile boolean complained;

    /** How far a request has got. */
    private enum At {
        HERE,
        LEFT,
        WITHDRAWN
    }

    /** A request whose answer is awaited. */
    private static final class Waiting {
        private final long id;
        private final boolean listens;
        private final Inbox inbox;
        private final AtomicReference<At> at = new AtomicReference<>(At.HERE);

        Waiting(long id, Inbox inbox, boolean listens) {
            this.id = id;
            this.inbox = inbox;
            this.listens = listens;
        }

        /** Whether it may be written; from then on it may have arrived. */
        boolean leave() {
            return at.compareAndSet(At.HERE, At.LEFT);
        }

        /** It was not written after all. */
        void stay() {
            at.set(At.HERE);
        }

        /** Whether it has not been written, and will not be. */
        boolean withdraw() {
            return at.compareAndSet(At.HERE, At.WITHDRAWN) || at.get() == At.WITHDRAWN;
        }
    }

    /** A line to be written, and the request it is. */
    private static final class Line {
        private final byte[] json;
        private final Optional<Waiting> request;

        Line(byte[] json, Optional<Waiting> request) {
            this.json = json;
            this.request = request;
        }
    }

    /**
     * @param stray is given what the process says that belongs to no request
     */
    StdioWire(
            UpstreamSettings.Stdio settings,
            Program program,
            Patience patience,
            Consumer<Value.Fields> stray) {
        this.settings = settings;
        this.patience = patience;
        this.mask = Mask.of(settings.hidden());
        this.program = program;
        this.stray = stray;
        thread("reader").start(this::read);
        thread("writer").start(this::write);
    }

    private Thread.Builder.OfPlatform thread(String role) {
        return Thread.ofPlatform().daemon().name("upstream-" + settings.name() + "-" + role);
    }

    @Override
    public Reply exchange(
            Value.Fields request, Map<String, String> headers, Ear ear, Duration silence) {
        long id = request.whole("id").orElseThrow();
        Duration longest =
                silence.compareTo(settings.terms().longest()) > 0
                        ? silence
                        : settings.terms().longest();
        Inbox inbox = new Inbox(patience, silence, longest);
        Waiting mine =
                new Waiting(id, inbox, request.text("method").orElse("").equals(Peer.LISTEN));
        waiting.put(id, mine);
        try {
            ear.cancelledBy(
                    () -> {
                        if (mine.withdraw()) {
                            inbox.end(new Reply.NotTaken("the request was taken back"));
                        } else {
                            cancel(id, "the request was taken back");
                            inbox.end(new Reply.Lost("the request was taken back"));
                        }
                    });
            if (!open) {
                return new Reply.Gone("its process has ended");
            }
            if (!toWrite.offer(new Line(JsonWriter.plain(request), Optional.of(mine)))) {
                return new Reply.NotTaken("it does not read what it is sent");
            }
            Reply reply = inbox.await(ear, answer -> send(answer, Map.of()));
            return reply instanceof Reply.Lost lost ? lost(mine, lost) : reply;
        } finally {
            waiting.remove(id);
        }
    }

    private Reply lost(Waiting mine, Reply.Lost lost) {
        if (open) {
            cancel(mine.id, "no answer is awaited any longer");
        }
        return mine.withdraw() ? new Reply.Gone(lost.why()) : lost;
    }

    private void cancel(long id, String why) {
        Value.Fields params = Value.object().put("requestId", id).put("reason", why).build();
        send(Rpc.notification("notifications/cancelled", params), Map.of());
    }

    @Override
    public void send(Value.Fields message, Map<String, String> headers) {
        if (!toWrite.offer(new Line(JsonWriter.plain(message), Optional.empty()))) {
            LOG.debug("{} does not read what it is sent", settings.name());
        }
    }

    private void write() {
        try {
            while (open) {
                Line line = toWrite.take();
                if (line.request.isPresent() && !line.request.get().leave()) {
                    continue; // nobody waits for it any longer, and is told that it was not sent
                }
                try {
                    program.input().write(line.json);
                    program.input().write('\n');
                    program.input().flush();
                } catch (IOException e) {
                    // the line's end never arrived, so the line was not read
                    line.request.ifPresent(Waiting::stay);
                    ended("its input is closed");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try {
            new LineReader(
                            program.process().getInputStream(),
                            settings.terms().message(),
                            this::receive,
                            () ->
                                    endAll(
                                            "it sent a line longer than "
                                                    + settings.terms().message()
                                                    + " bytes"))
                    .read();
            ended("its process ended");
        } catch (IOException e) {
            ended("its output broke off");
        }
    }

    private void receive(byte[] line) {
        if (line.length == 0) {
            return;
        }
        try {
            Value.Fields message = mask.fields(JsonReader.readFields(line));
            boolean asks = message.get("method").isPresent();
            OptionalLong id = message.whole("id");
            if (!asks && id.isPresent()) {
                Waiting one = waiting.get(id.getAsLong());
                if (one != null) {
                    one.inbox.receive(message, Value.of(id.getAsLong()));
                }
            } else if (asks) {
                hear(message);
            }
        } catch (MalformedJson e) {
            if (!complained) {
                complained = true;
                LOG.warn(
                        "{} writes to its output what is no message of the protocol ({}); it is"
                                + " left out",
                        settings.name(),
                        e.getMessage());
            }
        }
    }

    /** Finds the request that a notification or a question belongs to. */
    private void hear(Value.Fields message) {
        Value.Fields params = Rpc.params(message);
        OptionalLong named = params.whole("progressToken");
        if (named.isEmpty()) {
            named = Rpc.meta(params).whole(Meta.SUBSCRIPTION);
        }
        if (named.isPresent()) {
            Waiting one = waiting.get(named.getAsLong());
            if (one != null) {
                one.inbox.say(message);
            }
            return;
        }
        boolean question = message.get("id").isPresent();
        boolean log = message.text("method").orElse("").equals("notifications/message");
        Optional<Waiting> eldest =
                waiting.values().stream()
                        .filter(one -> !one.listens)
                        .min(Comparator.comparingLong(one -> one.id));
        if ((question || log) && eldest.isPresent()) {
            eldest.get().inbox.say(message);
        } else if (question) {
            send(new Deaf().asked(message), Map.of());
        } else {
            stray.accept(message);
        }
    }

    private void ended(String why) {
        open = false;
        endAll(why);
        toWrite.offer(new Line(new byte[0], Optional.empty())); // lets the writer notice
    }

    private void endAll(String why) {
        waiting.values().forEach(one -> one.inbox.end(new Reply.Lost(why)));
    }

    @Override
    public boolean isOpen() {
        return open && program.process().isAlive();
    }

    @Override
    public void close() {
        open = false;
        program.stop();
        ended("its process was stopped");
    }
}
