package dev.remit.gateway.upstream;

import dev.remit.call.Value;
import dev.remit.gate.UpstreamUnavailable;
import dev.remit.gateway.wire.Aside;
import dev.remit.gateway.wire.Meta;
import dev.remit.gateway.wire.Rpc;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** One agent's wish to hear of changes at one upstream, kept up until it is closed. */
final class Subscription implements AutoCloseable {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Provider provider;
    private final Guest agent;
    private final Value.Fields filter;
    private final Consumer<Value.Fields> told;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final AtomicReference<Runnable> cancel = new AtomicReference<>(() -> {});
    private volatile boolean open = true;

    private Subscription(
            Provider provider, Guest agent, Value.Fields filter, Consumer<Value.Fields> told) {
        this.provider = provider;
        this.agent = agent;
        this.filter = filter;
        this.told = told;
    }

    /** Starts to listen; waits a moment for the upstream to say that it will tell. */
    static Subscription start(
            Provider provider, Guest agent, Value.Fields filter, Consumer<Value.Fields> told) {
        Subscription subscription = new Subscription(provider, agent, filter, told);
        Runnable remove = provider.listeners().add(agent, subscription::pass);
        Thread.ofVirtual()
                .start(
                        () -> {
                            subscription.keepUp();
                            remove.run();
                        });
        try {
            boolean _ = subscription.begun.await(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return subscription;
    }

    private void keepUp() {
        Duration pause = Duration.ofMillis(500);
        while (open) {
            try {
                Peer peer = provider.peer(agent);
                if (peer.greeting().revision().hasSessions()) {
                    begun.countDown(); // its session tells by itself
                } else {
                    Value.Fields params = Value.object().put("notifications", filter).build();
                    Reply _ =
                            peer.request(Peer.LISTEN, params, Map.of(), Aside.NONE, new Hearing());
                }
            } catch (UpstreamUnavailable _) {
                begun.countDown();
            }
            pause =
                    pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
                            ? LONGEST_PAUSE
                            : pause.multipliedBy(2);
            rest(pause);
        }
    }

    private void rest(Duration pause) {
        try {
            if (open) {
                Thread.sleep(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            open = false;
        }
    }

    private void pass(Value.Fields notification) {
        if (open && Listeners.wants(filter, notification)) {
            told.accept(notification);
        }
    }

    /** Hears the stream of one {@code subscriptions/listen}. */
    private final class Hearing implements Ear {
        @Override
        public void notified(Value.Fields notification) {
            if (notification
                    .text("method")
                    .equals(Optional.of("notifications/subscriptions/acknowledged"))) {
                begun.countDown();
                return;
            }
            if (notification
                    .text("method")
                    .equals(Optional.of("notifications/tools/list_changed"))) {
                provider.expireCatalogue();
            }
            Value.Fields params = Rpc.params(notification).without(Meta.NAME);
            pass(Rpc.notification(notification.text("method").orElse(""), params));
        }

        @Override
        public Value.Fields asked(Value.Fields request) {
            return new Deaf().asked(request);
        }

        @Override
        public void cancelledBy(Runnable then) {
            cancel.set(then);
            if (!open) {
                then.run();
            }
        }
    }

    @Override
    public void close() {
        open = false;
        cancel.get().run();
    }
}
