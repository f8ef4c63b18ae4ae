package dev.remit.gateway.mcp;

import dev.remit.call.JsonWriter;
import dev.remit.call.Value;
import dev.remit.decision.Refusal;
import dev.remit.gate.Answer;
import dev.remit.http.Challenge;
import dev.remit.http.Exchange;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The answer to one request: one message, or an event stream as soon as there is more to say than
 * that and the client takes one.
 */
final class Outgoing {
    private static final byte[] START =
            "event: message\ndata: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOTHING = ": \n\n".getBytes(StandardCharsets.US_ASCII);
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
    private static final Map<String, String> STREAM =
            Map.of(
                    "Content-Type",
                    "text/event-stream",
                    "Cache-Control",
                    "no-cache",
                    "X-Accel-Buffering",
                    "no");

    private final Exchange exchange;
    private final boolean streams;
    private final ReentrantLock writing = new ReentrantLock(); // keeps events whole
    private Optional<Exchange.Streamed> stream = Optional.empty();
    private boolean done;
    private boolean challenged;

    Outgoing(Exchange exchange) {
        this.exchange = exchange;
        this.streams = accepts(exchange.headers("Accept"));
    }

    private static boolean accepts(List<String> values) {
        for (String value : values) {
            String lower = value.toLowerCase(Locale.ROOT);
            if (lower.contains("text/event-stream") || lower.contains("text/*")) {
                return true;
            }
        }
        return false;
    }

    boolean canStream() {
        return streams;
    }

    /** Says something before the end; false if the client does not hear it. */
    boolean tell(Value.Fields message) {
        writing.lock();
        try {
            if (done || !streams) {
                return false;
            }
            return open().write(event(message));
        } finally {
            writing.unlock();
        }
    }

    /** Keeps an open stream from looking dead; false if nobody is there any longer. */
    boolean keepAlive() {
        writing.lock();
        try {
            return !done && open().write(NOTHING);
        } finally {
            writing.unlock();
        }
    }

    /** Says the last message; the status counts if nothing was said before. */
    void finish(int status, Value.Fields message) {
        writing.lock();
        try {
            if (done) {
                return;
            }
            done = true;
            if (stream.isPresent()) {
                stream.get().write(event(message));
                stream.get().end();
            } else {
                exchange.answer(
                        challenged ? Challenge.STATUS : status, JSON, JsonWriter.plain(message));
            }
        } finally {
            writing.unlock();
        }
    }

    /** Ends without a last message. */
    void end() {
        writing.lock();
        try {
            done = true;
            stream.ifPresent(Exchange.Streamed::end);
        } finally {
            writing.unlock();
        }
    }

    /** A call that its giver's sign-in is not good enough for is answered with a challenge. */
    void challengeIf(Answer answer, Challenge challenge) {
        if (answer instanceof Answer.Refused refused
                && refused.refusal() == Refusal.STEP_UP_NEEDED) {
            writing.lock();
            try {
                challenged = stream.isEmpty();
                if (challenged) {
                    challenge.add(exchange, refused.demand(), refused.refusal().sentence());
                }
            } finally {
                writing.unlock();
            }
        }
    }

    void whenGone(Runnable then) {
        exchange.whenGone(then);
    }

    private Exchange.Streamed open() {
        Exchange.Streamed open = stream.orElseGet(() -> exchange.stream(200, STREAM));
        stream = Optional.of(open);
        return open;
    }

    private static byte[] event(Value.Fields message) {
        ByteArrayOutputStream event = new ByteArrayOutputStream();
        event.writeBytes(START);
        event.writeBytes(JsonWriter.plain(message));
        event.writeBytes(END);
        return event.toByteArray();
    }
}
