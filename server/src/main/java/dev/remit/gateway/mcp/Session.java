package dev.remit.gateway.mcp;

import dev.remit.call.Value;
import dev.remit.gateway.wire.Revision;
import dev.remit.identity.Caller;
import dev.remit.identity.InstanceId;
import dev.remit.identity.Jwk;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What a revision with sessions keeps between an agent's requests. It is found by its name only
 * together with the instance and key it was opened by; it never says who is asking.
 */
final class Session {
    private static final long LONGEST_ANSWER_SECONDS = 300;

    private final String name;
    private final InstanceId instance;
    private final Optional<Jwk> key;
    private final String path;
    private final Revision revision;
    private final Value.Fields capabilities;
    private final AtomicLong questions = new AtomicLong();
    private final Map<Value, CompletableFuture<Optional<Value.Fields>>> asked =
            new ConcurrentHashMap<>();

    /** The requests under way; one that is complete was taken back. */
    private final Map<Value, CompletableFuture<Void>> underWay = new ConcurrentHashMap<>();

    private final Set<String> subscribed = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Optional<Held>> held = new AtomicReference<>(Optional.empty());
    private volatile Optional<String> logLevel = Optional.of("debug");
    private volatile Instant usedAt;

    Session(
            String name,
            Caller caller,
            String path,
            Revision revision,
            Value.Fields capabilities,
            Instant now) {
        this.name = name;
        this.instance = caller.instance().id();
        this.key = caller.instance().key();
        this.path = path;
        this.revision = revision;
        this.capabilities = capabilities;
        this.usedAt = now;
    }

    boolean isOf(Caller caller, String at) {
        return instance.equals(caller.instance().id())
                && key.equals(caller.instance().key())
                && path.equals(at);
    }

    boolean isOf(InstanceId other) {
        return instance.equals(other);
    }

    String name() {
        return name;
    }

    Revision revision() {
        return revision;
    }

    Value.Fields capabilities() {
        return capabilities;
    }

    Optional<String> logLevel() {
        return logLevel;
    }

    void setLogLevel(String level) {
        logLevel = Optional.of(level);
    }

    Set<String> subscribed() {
        return subscribed;
    }

    Instant usedAt() {
        return usedAt;
    }

    void use(Instant now) {
        usedAt = now;
    }

    /** A name for the next question to the agent. */
    Value nextQuestion() {
        Value id = Value.of("remit-" + questions.incrementAndGet());
        asked.put(id, new CompletableFuture<>());
        return id;
    }

    /** Waits for the answer to a question; empty if there is none or it is an error. */
    Optional<Value.Fields> answerTo(Value question) {
        CompletableFuture<Optional<Value.Fields>> answer = asked.get(question);
        if (answer == null) {
            return Optional.empty();
        }
        try {
            return answer.get(LONGEST_ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            asked.remove(question);
        }
    }

    /** Takes the agent's answer; what nobody asked is left out. */
    void answered(Message.Response response) {
        CompletableFuture<Optional<Value.Fields>> answer = asked.get(response.id());
        if (answer != null) {
            answer.complete(response.result());
        }
    }

    void begin(Value id) {
        underWay.put(id, new CompletableFuture<>());
    }

    void over(Value id) {
        underWay.remove(id);
    }

    /** Takes back a request that is under way, however far it has got. */
    void cancel(Value id) {
        CompletableFuture<Void> request = underWay.get(id);
        if (request != null) {
            request.complete(null);
        }
    }

    /** Runs when the request is taken back; at once if it already was. */
    void whenCancelled(Value id, Runnable then) {
        CompletableFuture<Void> request = underWay.get(id);
        if (request != null) {
            var _ = request.thenRun(then);
        }
    }

    /** The stream that the agent holds open to hear what happens between its requests. */
    Optional<Held> held() {
        return held.get();
    }

    /** Puts a stream in the place of the one before, which ends. */
    void hold(Held stream) {
        held.getAndSet(Optional.of(stream)).ifPresent(Held::stop);
    }

    /** Ends everything that hangs on the session. */
    void end() {
        held.getAndSet(Optional.empty()).ifPresent(Held::stop);
        underWay.values().forEach(request -> request.complete(null));
        asked.values().forEach(answer -> answer.complete(Optional.empty()));
    }
}
