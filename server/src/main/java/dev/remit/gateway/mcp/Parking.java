package dev.remit.gateway.mcp;

import dev.remit.call.Value;
import dev.remit.mandate.Unanswered;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls that wait, at an upstream with sessions, for what a stateless agent says in its next
 * request. They wait in this process, for at most {@link Unanswered#LIFE}.
 */
final class Parking {
    private static final int MOST = 1_000;

    private final Map<String, CompletableFuture<Return>> waiting = new ConcurrentHashMap<>();

    /** The agent's next request, and what it answers. */
    record Return(Outgoing outgoing, Value id, Value.Fields responses) {}

    /** Keeps a place under this name; false if there is none left. */
    boolean enter(String ticket) {
        return waiting.size() < MOST
                && waiting.putIfAbsent(ticket, new CompletableFuture<>()) == null;
    }

    /** Waits for the agent; empty if it does not come back. */
    Optional<Return> await(String ticket) {
        CompletableFuture<Return> place = waiting.get(ticket);
        if (place == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(place.get(Unanswered.LIFE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            waiting.remove(ticket);
        }
    }

    /** Hands the agent's next request to the call that waits for it; false if none does. */
    boolean comeBack(String ticket, Return with) {
        CompletableFuture<Return> place = waiting.get(ticket);
        return place != null && place.complete(with);
    }
}
