package dev.remit.gate;

import dev.remit.decision.intent.Memory;
import dev.remit.decision.intent.Plan;
import java.util.List;
import java.util.Optional;

/** What agents have seen under one mandate. */
final class Recollection {
    private final Memory memory; // also the lock
    private boolean read;
    private long upTo;
    private long weighed;

    Recollection(Plan plan) {
        memory = new Memory(plan);
    }

    /** Shared with those who judge, who lock it. */
    Memory memory() {
        return memory;
    }

    /**
     * An answer that the log has.
     *
     * @param at the place of its entry
     * @param answered what it was; empty if that cannot be told any more
     */
    record Told(long at, Optional<Memory.Answered> answered) {}

    /** Where answers are found that came before. */
    interface Past {
        List<Told> all();
    }

    /** Reads what came before, if that was not done. */
    void begin(Past past) {
        synchronized (memory) {
            if (read) {
                return;
            }
            for (Told one : past.all()) {
                one.answered().ifPresentOrElse(memory::remember, memory::miss);
                upTo = one.at();
            }
            read = true;
        }
    }

    /** Adds an answer that came now; not if it is, or will be, read from the log. */
    void add(Told told) {
        synchronized (memory) {
            if (read && told.at() > upTo) {
                told.answered().ifPresentOrElse(memory::remember, memory::miss);
            }
        }
    }

    /** How many characters it holds more than when it was asked last. */
    long grown() {
        synchronized (memory) {
            long before = weighed;
            weighed = memory.characters();
            return weighed - before;
        }
    }

    long weighed() {
        synchronized (memory) {
            return weighed;
        }
    }
}
