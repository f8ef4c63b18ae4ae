package dev.remit.authority;

import dev.remit.call.Digest;
import dev.remit.identity.Jwk;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Where a client asks whether its person has answered: by a {@code device_code} (RFC 8628, section
 * 3.4) or an {@code auth_req_id} (OpenID CIBA Core 1.0, section 10.1). Only their hashes are here.
 */
final class Polls {
    /** How long a client waits between two questions; one that does not, waits longer each time. */
    static final Duration INTERVAL = Duration.ofSeconds(5);

    private static final int MOST = 20_000;

    private final ReentrantLock lock = new ReentrantLock(); // guards `polls`
    private final Map<Digest, Poll> polls = new LinkedHashMap<>(); // the oldest first
    private final Supplier<String> secrets;
    private final InstantSource clock;

    Polls(Supplier<String> secrets, InstantSource clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    /** What the person has said. */
    private sealed interface Answer {
        record NotYet() implements Answer {}

        record No() implements Answer {}

        record Yes(Consents.Consent consent) implements Answer {}
    }

    private record Poll(
            String grant,
            WaitingRequests.Waiting waiting,
            Instant earliest,
            Duration interval,
            Answer answer) {

        Poll answered(Answer said) {
            return new Poll(grant, waiting, earliest, interval, said);
        }

        Poll tooEarly(Instant now) {
            Duration longer = interval.plus(INTERVAL);
            return new Poll(grant, waiting, now.plus(longer), longer, answer);
        }

        Poll inTime(Instant now) {
            return new Poll(grant, waiting, now.plus(interval), interval, answer);
        }

        boolean isOf(Clients.Client client, Jwk key, String asked) {
            AuthorizationRequest request = waiting.request();
            return grant.equals(asked)
                    && request.client().id().equals(client.id())
                    && request.key().equals(Optional.of(key.thumbprint()));
        }
    }

    /**
     * A word with which the client can ask about this request.
     *
     * @param grant the type of grant that takes it
     */
    String open(String grant, WaitingRequests.Waiting waiting) {
        String word = secrets.get();
        Poll poll = new Poll(grant, waiting, waiting.since(), INTERVAL, new Answer.NotYet());
        lock.lock();
        try {
            makeRoom();
            polls.put(hash(word), poll);
        } finally {
            lock.unlock();
        }
        return word;
    }

    /** What has expired is told so for as long again as it could be answered. */
    private void makeRoom() {
        Instant from = clock.instant().minus(WaitingRequests.LIFE);
        polls.values().removeIf(one -> one.waiting.until().isBefore(from));
        Iterator<Poll> all = polls.values().iterator();
        while (polls.size() >= MOST && all.hasNext()) {
            if (all.next().waiting.request().client() instanceof Clients.Client.Published) {
                all.remove();
            }
        }
    }

    /** Notes the person's answer to this request; empty stands for a no. */
    void answer(WaitingRequests.Waiting waiting, Optional<Consents.Consent> consent) {
        Answer said = consent.isPresent() ? new Answer.Yes(consent.get()) : new Answer.No();
        lock.lock();
        try {
            polls.replaceAll(
                    (_, one) ->
                            one.waiting.name().equals(waiting.name()) ? one.answered(said) : one);
        } finally {
            lock.unlock();
        }
    }

    /**
     * What the person consented to; given out once, to the client and key that asked for it.
     *
     * @throws OauthRefused if it is another's, there is no answer yet, it was no, or too late
     */
    Consents.Consent collect(String grant, String word, Clients.Client client, Jwk key) {
        Digest hash = hash(word);
        lock.lock();
        try {
            Instant now = clock.instant();
            Poll poll = polls.get(hash);
            if (poll == null || !poll.isOf(client, key, grant)) {
                throw OauthRefused.grant();
            }
            if (now.isBefore(poll.earliest)) {
                polls.put(hash, poll.tooEarly(now));
                throw OauthRefused.notYet("slow_down", "ask less often");
            }
            polls.put(hash, poll.inTime(now));
            boolean late = !now.isBefore(poll.waiting.until());
            if (late || !(poll.answer instanceof Answer.NotYet)) {
                polls.remove(hash);
            }
            if (late) {
                throw OauthRefused.denied("expired_token", "nobody answered in time; ask again");
            }
            return switch (poll.answer) {
                case Answer.NotYet() ->
                        throw OauthRefused.notYet(
                                "authorization_pending", "nobody has answered yet");
                case Answer.No() ->
                        throw OauthRefused.denied("access_denied", "the person said no");
                case Answer.Yes(Consents.Consent consent) -> consent;
            };
        } finally {
            lock.unlock();
        }
    }

    private static Digest hash(String word) {
        return Digest.of(("remit/poll/v1\0" + word).getBytes(StandardCharsets.UTF_8));
    }
}
