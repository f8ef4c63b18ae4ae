package dev.remit.store;

import dev.remit.call.CallId;
import dev.remit.ledger.Entry;
import dev.remit.ledger.EntryFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what the log says of one call, without an index: a call's id begins with its time, so only
 * the log from then on is read. If the id's time is not to be trusted, all of it is.
 */
public final class CallSearch {
    private static final Duration EARLIER = Duration.ofMinutes(1); // clocks step, callers wait

    private static final Set<String> NOT_MADE = Set.of("refused", "asked");

    private final Archive archive;

    public CallSearch(Archive archive) {
        this.archive = archive;
    }

    /** The call's entries in order: its decision, and its end if it was allowed and has ended. */
    public List<Entry> of(CallId call) {
        Optional<Long> start = time(call).map(at -> archive.startBefore(at.minus(EARLIER)));
        List<Entry> found = from(start.orElse(0L), call);
        return found.isEmpty() && start.orElse(0L) > 0 ? from(0, call) : found;
    }

    private List<Entry> from(long start, CallId call) {
        List<Entry> found = new ArrayList<>();
        archive.frames(
                start,
                frame -> {
                    EntryFormat.Leaf leaf = frame.said();
                    if (!call.text().equals(leaf.fields().get("call"))) {
                        return true;
                    }
                    found.add(frame.entry());
                    return leaf.kind().equals("decided")
                            && !NOT_MADE.contains(String.valueOf(leaf.fields().get("ruling")));
                });
        return found;
    }

    /** The first 48 bits of a UUIDv7 are milliseconds since 1970. */
    private static Optional<Instant> time(CallId call) {
        String hex = call.text().substring("call_".length()).replace("-", "");
        return hex.matches("[0-9a-f]{12}7[0-9a-f]{19}")
                ? Optional.of(Instant.ofEpochMilli(Long.parseLong(hex.substring(0, 12), 16)))
                : Optional.empty();
    }
}
