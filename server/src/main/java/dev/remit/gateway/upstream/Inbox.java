package dev.remit.gateway.upstream;

import dev.remit.call.Value;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** What has come for one request, in order; filled by whoever reads, emptied by whoever waits. */
final class Inbox {
    private static final int MOST = 1_000;

    private final Patience patience;
    private final Duration silence;
    private final Duration longest;
    private final long startedAt = System.nanoTime();
    private final BlockingQueue<Item> items = new LinkedBlockingQueue<>();
    private volatile long heardAt = startedAt;
    private volatile boolean over;
    private volatile boolean busy; // while the agent is asked, the upstream has reason to be silent

    /**
     * @param silence how long nothing at all may come
     * @param longest how long it may take in all
     */
    Inbox(Patience patience, Duration silence, Duration longest) {
        this.patience = patience;
        this.silence = silence;
        this.longest = longest;
    }

    private sealed interface Item {
        record Said(Value.Fields message) implements Item {}

        record Ended(Reply reply) implements Item {}
    }

    /** Hands in a message that is not the answer; dropped if the one who waits is far behind. */
    void say(Value.Fields message) {
        heardAt = System.nanoTime();
        if (items.size() < MOST) {
            items.add(new Item.Said(message));
        }
    }

    /** Hands in what ends the request; the first counts. */
    void end(Reply reply) {
        over = true;
        items.add(new Item.Ended(reply));
    }

    /** Hands in a message that has come: the answer, or something before it. */
    void receive(Value.Fields message, Value id) {
        if (isAnswer(message, id)) {
            end(ended(message));
        } else {
            say(message);
        }
    }

    /** Whether it answers this request; an error may come without an id. */
    static boolean isAnswer(Value.Fields message, Value id) {
        if (message.get("method").isPresent()) {
            return false;
        }
        Value answered = message.values().getOrDefault("id", new Value.Nothing());
        return id.equals(answered)
                || (answered instanceof Value.Nothing && message.fields("error").isPresent());
    }

    /** What an answer ends a request with. */
    static Reply ended(Value.Fields answer) {
        if (answer.fields("error").isPresent()) {
            return new Reply.Fault(answer.fields("error").get());
        }
        return answer.fields("result").isPresent()
                ? new Reply.Result(answer.fields("result").get())
                : new Reply.Lost("it answered with neither a result nor an error");
    }

    /** Waits for the end; meanwhile tells the ear what comes and sends back what it answers. */
    Reply await(Ear ear, Consumer<Value.Fields> answers) {
        patience.watch(this);
        try {
            while (true) {
                switch (items.take()) {
                    case Item.Ended(Reply reply) -> {
                        return reply;
                    }
                    case Item.Said(Value.Fields message) -> {
                        busy = true;
                        tell(message, ear, answers);
                        heardAt = System.nanoTime();
                        busy = false;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply.Lost("the gateway stopped waiting for it");
        } finally {
            patience.forget(this);
        }
    }

    /** Ends the request if nothing has come for too long, or it takes too long in all. */
    void endIfTooLong(long now) {
        if (now - startedAt > longest.toNanos()) {
            end(new Reply.Lost("it took longer than " + longest.toSeconds() + " s"));
        } else if (!busy && now - heardAt > silence.toNanos()) {
            end(new Reply.Lost("it said nothing for " + silence.toMillis() / 1000.0 + " s"));
        }
    }

    private void tell(Value.Fields message, Ear ear, Consumer<Value.Fields> answers) {
        if (message.text("method").isEmpty()) {
            return; // an answer to something nobody asked
        }
        if (message.get("id").isPresent()) {
            Value.Fields answer = ear.asked(message);
            if (!over) {
                answers.accept(answer);
            }
        } else {
            ear.notified(message);
        }
    }
}
