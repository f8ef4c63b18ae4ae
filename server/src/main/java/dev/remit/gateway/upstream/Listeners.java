package dev.remit.gateway.upstream;

import dev.remit.call.Value;
import dev.remit.gateway.wire.Rpc;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** Who hears what an upstream with sessions says between requests, for each agent. */
final class Listeners {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final String LOG = "notifications/message";
    private static final int MOST_FAILURES = 5;

    private final Map<Guest, Set<Consumer<Value.Fields>>> all = new ConcurrentHashMap<>();
    private final Map<Guest, Queue<Ear>> calling = new ConcurrentHashMap<>();

    /** Notes who listens to a call of the agent that is under way; running the result ends it. */
    Runnable underWay(Guest agent, Ear ear) {
        Queue<Ear> mine = calling.computeIfAbsent(agent, _ -> new ConcurrentLinkedQueue<>());
        mine.add(ear);
        return () -> mine.remove(ear);
    }

    /**
     * Who hears what an upstream says beside its answers: the call that has been under way the
     * longest, since a session is one agent's alone.
     */
    private Optional<Ear> eldest(Guest agent) {
        return Optional.ofNullable(calling.get(agent)).map(Queue::peek);
    }

    /** Adds one; running what is returned removes it. */
    Runnable add(Guest agent, Consumer<Value.Fields> listener) {
        Set<Consumer<Value.Fields>> mine =
                all.computeIfAbsent(agent, _ -> ConcurrentHashMap.newKeySet());
        mine.add(listener);
        return () -> mine.remove(listener);
    }

    /** Tells the agent's listeners, and sees to it that changed tools are listed again. */
    void heard(Provider provider, Guest agent, Value.Fields message) {
        if (message.text("method").orElse("").equals("notifications/tools/list_changed")) {
            provider.expireCatalogue();
        }
        all.getOrDefault(agent, Set.of()).forEach(listener -> listener.accept(message));
    }

    /** Listens for as long as the peer is open and has anything to say. */
    void hearBetweenRequests(Provider provider, Guest agent, Peer peer) {
        Ear ear =
                new Ear() {
                    @Override
                    public void notified(Value.Fields notification) {
                        if (notification.text("method").orElse("").equals(LOG)) {
                            eldest(agent).ifPresent(call -> call.notified(notification));
                        }
                        heard(provider, agent, notification);
                    }

                    @Override
                    public Value.Fields asked(Value.Fields request) {
                        return eldest(agent).orElseGet(Deaf::new).asked(request);
                    }
                };
        for (int failures = 0; peer.isOpen() && failures < MOST_FAILURES; ) {
            long start = System.nanoTime();
            peer.hearBetweenRequests(ear);
            boolean brief = System.nanoTime() - start < PAUSE.toNanos();
            failures = brief ? failures + 1 : 0;
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Whether a filter of {@code subscriptions/listen} lets this notification through. */
    static boolean wants(Value.Fields filter, Value.Fields notification) {
        return switch (notification.text("method").orElse("")) {
            case "notifications/tools/list_changed" -> filter.flag("toolsListChanged");
            case "notifications/prompts/list_changed" -> filter.flag("promptsListChanged");
            case "notifications/resources/list_changed" -> filter.flag("resourcesListChanged");
            case "notifications/resources/updated" ->
                    Rpc.params(notification)
                            .get("uri")
                            .filter(filter.items("resourceSubscriptions")::contains)
                            .isPresent();
            default -> false;
        };
    }
}
