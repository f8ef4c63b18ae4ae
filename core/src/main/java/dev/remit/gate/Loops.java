package dev.remit.gate;

import dev.remit.call.Digest;
import dev.remit.decision.Decision;
import dev.remit.decision.Refusal;
import dev.remit.identity.InstanceId;
import dev.remit.ledger.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How often an instance was refused the very same call for the same reason, one after the other
 * (denial loops). Only in memory: what is forgotten makes a loop look younger than it is, and
 * nothing else. Each is judged; only its record may be left out, and the next one counts it.
 */
final class Loops {
    /** After so long a pause, it begins anew. */
    static final Duration PAUSE = Duration.ofMinutes(10);

    /** So many have a record each; after that, those at twice as many, and so on. */
    static final long IN_FULL = 10;

    private static final int MOST_INSTANCES = 4_096;
    private static final int MOST_OF_EACH = 32;

    private final Map<InstanceId, Map<What, Loop>> loops = new Recent<>(MOST_INSTANCES);

    /**
     * One more in a row.
     *
     * @param times how many by now
     * @param more how many others its record speaks for
     * @param isWritten whether it has a record
     */
    record Turn(long times, long more, boolean isWritten) {
        long weight(Refusal refusal) {
            return refusal.weight().at(times) + more * refusal.weight().inALoop();
        }
    }

    private record What(Refusal refusal, Digest action, Optional<Event.Under> under) {}

    private record Loop(long times, long unwritten, Instant last) {}

    synchronized Turn another(Decision.Refuse refuse, Optional<Event.Under> under) {
        InstanceId instance = refuse.file().caller().instance().id();
        Map<What, Loop> own = loops.computeIfAbsent(instance, _ -> new Recent<>(MOST_OF_EACH));
        What what = new What(refuse.refusal(), refuse.file().call().action(), under);
        Instant now = refuse.file().now();
        Loop before = own.getOrDefault(what, new Loop(0, 0, now));
        boolean goesOn = now.isBefore(before.last().plus(PAUSE));
        long times = goesOn ? before.times() + 1 : 1;
        boolean written = isWritten(times);
        own.put(what, new Loop(times, written ? 0 : before.unwritten() + 1, now));
        return new Turn(times, before.unwritten(), written);
    }

    private static boolean isWritten(long times) {
        return times <= IN_FULL || (times % IN_FULL == 0 && Long.bitCount(times / IN_FULL) == 1);
    }

    /** Those that were used last. */
    private static final class Recent<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1L;
        private final int most;

        Recent(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
        }
    }
}
