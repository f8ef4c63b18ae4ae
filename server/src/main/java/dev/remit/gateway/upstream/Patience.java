package dev.remit.gateway.upstream;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends requests whose upstream says nothing for too long. One thread looks at all of them several
 * times a second, which costs a call less than a timer of its own.
 */
final class Patience implements AutoCloseable {
    private static final Duration BEAT = Duration.ofMillis(50);

    private final Set<Inbox> waiting = ConcurrentHashMap.newKeySet();
    private final Thread thread = Thread.ofVirtual().name("patience").start(this::watch);

    void watch(Inbox inbox) {
        waiting.add(inbox);
    }

    void forget(Inbox inbox) {
        waiting.remove(inbox);
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(BEAT);
                long now = System.nanoTime();
                waiting.forEach(inbox -> inbox.endIfTooLong(now));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
