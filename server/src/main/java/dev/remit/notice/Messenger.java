package dev.remit.notice;

import dev.remit.approval.Question;
import dev.remit.approval.QuestionBook;
import dev.remit.approval.QuestionId;
import dev.remit.http.fetch.Fetched;
import dev.remit.http.fetch.SafeFetch;
import dev.remit.identity.Secret;
import dev.remit.registry.asked.Presenter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts each question that waits to each webhook, until it is closed. It looks at the book rather
 * than is told, so no call ever waits for it; one thread for each webhook, which falls behind
 * alone. After a start, what still waits is posted again.
 */
public final class Messenger implements AutoCloseable {
    /** How often a post is tried, and how long after the last. */
    static final List<Duration> TRIES =
            List.of(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(5));

    private static final Logger LOG = LoggerFactory.getLogger(Messenger.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int MOST = 50; // questions looked at, the newest
    private static final int MOST_KNOWN = 1_000;
    private static final Set<String> ANSWERS =
            Set.of("application/json", "text/plain", "text/html");

    private final QuestionBook questions;
    private final Presenter presenter;
    private final SafeFetch fetch;
    private final String page;
    private final InstantSource clock;
    private final Map<String, String> troubles = new ConcurrentHashMap<>();
    private final List<Thread> posting;
    private final List<String> names;

    /**
     * Begins to post.
     *
     * @param page before a question's id: where it is answered
     */
    public Messenger(
            List<Webhook> webhooks,
            QuestionBook questions,
            Presenter presenter,
            SafeFetch fetch,
            String page,
            InstantSource clock) {
        this.questions = questions;
        this.presenter = presenter;
        this.fetch = fetch;
        this.page = page;
        this.clock = clock;
        this.names = webhooks.stream().map(Webhook::name).toList();
        this.posting =
                webhooks.stream()
                        .map(
                                one ->
                                        Thread.ofVirtual()
                                                .name("webhook " + one.name())
                                                .start(() -> follow(one)))
                        .toList();
    }

    /** How each webhook does, by name: why its last post was not taken, or that all is well. */
    public Map<String, String> health() {
        Map<String, String> health = new TreeMap<>();
        names.forEach(name -> health.put(name, troubles.getOrDefault(name, "in order")));
        return health;
    }

    private void follow(Webhook webhook) {
        Set<QuestionId> known = new LinkedHashSet<>();
        try {
            while (true) {
                for (Question one : questions.waiting(MOST).reversed()) {
                    if (isWaiting(one) && known.add(one.id())) {
                        post(webhook, one);
                    }
                }
                while (known.size() > MOST_KNOWN) {
                    known.remove(known.iterator().next());
                }
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it is closed
        } catch (RuntimeException e) {
            troubles.put(webhook.name(), "it broke, and posts nothing any more; restart Remit");
            LOG.error("the webhook {} broke", webhook.name(), e);
        }
    }

    /** Whether it still does; to post those before it may have taken a while. */
    private boolean isWaiting(Question one) {
        return questions
                .question(one.id())
                .filter(now -> now.isWaiting(clock.instant()))
                .isPresent();
    }

    private void post(Webhook webhook, Question question) throws InterruptedException {
        String body = Notice.of(presenter.of(question), page + question.id().text());
        Optional<String> why = Optional.empty();
        for (Duration pause : TRIES) {
            Thread.sleep(pause);
            why = refused(fetch.fetch(asked(webhook, body)));
            if (why.isEmpty()) {
                troubles.remove(webhook.name());
                return;
            }
        }
        troubles.put(webhook.name(), "the last question was not posted: " + why.orElse(""));
        LOG.warn("a question was not posted to the webhook {}: {}", webhook.name(), why.orElse(""));
    }

    private static Optional<String> refused(Fetched answer) {
        return switch (answer) {
            case Fetched.Answered done when done.status() >= 200 && done.status() < 300 ->
                    Optional.empty();
            case Fetched.Answered done -> Optional.of("it answered with " + done.status());
            case Fetched.Refused(String why) -> Optional.of(why);
        };
    }

    private SafeFetch.Asked asked(Webhook webhook, String body) {
        Map<String, Secret> headers = new LinkedHashMap<>();
        headers.put("Content-Type", new Secret("application/json"));
        String at = Long.toString(clock.instant().getEpochSecond());
        headers.put("X-Remit-Timestamp", new Secret(at));
        webhook.key()
                .ifPresent(
                        key ->
                                headers.put(
                                        "X-Remit-Signature",
                                        new Secret("v1=" + signature(key, at + "." + body))));
        return new SafeFetch.Asked(
                URI.create(webhook.url().reveal()),
                headers,
                Optional.of(new Secret(body)),
                ANSWERS);
    }

    /** HMAC-SHA-256 of the time, a full stop and the body, in hex. */
    static String signature(Secret key, String signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(
                    new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("there is no HMAC here", e);
        }
    }

    @Override
    public void close() {
        posting.forEach(Thread::interrupt);
        try {
            for (Thread one : posting) {
                one.join(TimeUnit.SECONDS.toMillis(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
