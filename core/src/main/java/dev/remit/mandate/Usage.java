package dev.remit.mandate;

import dev.remit.call.CallId;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What has been used of a mandate, as the ledger's decisions add up.
 *
 * @param calls calls allowed under it
 * @param byPermission the same for each permission that counts its uses
 * @param strikes calls that overstepped it
 * @param lastAllowedAt when a call was last allowed; at first, when it was given
 * @param unanswered calls that ended with a question, until it is answered or too old
 */
public record Usage(
        long calls,
        Map<String, Long> byPermission,
        long strikes,
        Instant lastAllowedAt,
        Map<CallId, Unanswered> unanswered) {
    private static final int MOST_UNANSWERED = 100;

    public Usage {
        byPermission = Map.copyOf(byPermission);
        unanswered = Map.copyOf(unanswered);
    }

    public static Usage none(Instant givenAt) {
        return new Usage(0, Map.of(), 0, givenAt, Map.of());
    }

    public long of(Permission permission) {
        return byPermission.getOrDefault(permission.name(), 0L);
    }

    /** With one more call allowed by the permission. */
    public Usage allowed(String permission, boolean counted, Instant at) {
        Instant last = later(at);
        if (!counted) {
            return new Usage(calls + 1, byPermission, strikes, last, unanswered);
        }
        Map<String, Long> more = new HashMap<>(byPermission);
        more.merge(permission, 1L, Long::sum);
        return new Usage(calls + 1, more, strikes, last, unanswered);
    }

    /** With one more strike. */
    public Usage struck() {
        return new Usage(calls, byPermission, strikes + 1, lastAllowedAt, unanswered);
    }

    /** The question that this call ended with, if nobody has answered it. */
    public Optional<Unanswered> unanswered(CallId call) {
        return Optional.ofNullable(unanswered.get(call));
    }

    /** With a question that may be answered once; those that are too old are forgotten. */
    public Usage asked(CallId call, Unanswered question) {
        Map<CallId, Unanswered> open = new HashMap<>();
        unanswered.forEach(
                (other, one) -> {
                    if (one.isOpen(question.since())) {
                        open.put(other, one);
                    }
                });
        if (open.size() >= MOST_UNANSWERED) {
            open.entrySet().stream()
                    .min(
                            Map.Entry.<CallId, Unanswered>comparingByValue(
                                            Comparator.comparing(Unanswered::since))
                                    .thenComparing(one -> one.getKey().text()))
                    .map(Map.Entry::getKey)
                    .ifPresent(open::remove);
        }
        open.put(call, question);
        return new Usage(calls, byPermission, strikes, lastAllowedAt, open);
    }

    /** With this question answered: a further round, which spends nothing. */
    public Usage answered(CallId call, Instant at) {
        Map<CallId, Unanswered> open = new HashMap<>(unanswered);
        open.remove(call);
        return new Usage(calls, byPermission, strikes, later(at), open);
    }

    private Instant later(Instant at) {
        return at.isAfter(lastAllowedAt) ? at : lastAllowedAt;
    }
}
