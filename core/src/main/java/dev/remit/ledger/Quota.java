package dev.remit.ledger;

import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many records a stranger may cause: so many a minute for each reason, so that nobody fills the
 * log by knocking; the others are counted in the next record.
 */
public final class Quota {
    private static final int RECORDS_A_MINUTE = 120;

    private final Map<String, Knocks> knocks = new ConcurrentHashMap<>();

    /**
     * What came of the strangers of one minute.
     *
     * @param unwritten strangers that were counted but not written down yet
     * @param toWrite for the latest stranger: how many others its record speaks for; empty if it
     *     has none
     */
    private record Knocks(long minute, int written, long unwritten, OptionalLong toWrite) {

        static Knocks first(long minute, long others) {
            return new Knocks(minute, 1, 0, OptionalLong.of(others));
        }

        Knocks another(long at) {
            if (at != minute) {
                return first(at, unwritten);
            }
            return written < RECORDS_A_MINUTE
                    ? new Knocks(minute, written + 1, 0, OptionalLong.of(unwritten))
                    : new Knocks(minute, written, unwritten + 1, OptionalLong.empty());
        }
    }

    /**
     * Counts one more; how many others its record speaks for, or empty if it gets none.
     *
     * @param reason one of few, never a stranger's own word
     */
    public OptionalLong another(String reason, Instant now) {
        long minute = now.getEpochSecond() / 60;
        return knocks.compute(
                        reason,
                        (_, before) ->
                                before == null ? Knocks.first(minute, 0) : before.another(minute))
                .toWrite();
    }
}
