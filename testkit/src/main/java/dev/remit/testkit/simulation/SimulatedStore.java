package dev.remit.testkit.simulation;

import dev.remit.call.CallId;
import dev.remit.call.Digest;
import dev.remit.ledger.Books;
import dev.remit.ledger.Draft;
import dev.remit.ledger.Entry;
import dev.remit.ledger.Event;
import dev.remit.ledger.LedgerStore;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.testkit.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A store that lets others act while somebody waits for it, fails before or after it wrote, and
 * crashes. What it wrote survives a crash; its books are made anew from that, as a real one's are.
 */
final class SimulatedStore implements LedgerStore {
    private final SplittableRandom dice;
    private final Fault fault;
    private final Runnable meanwhile;
    private final List<Entry> acknowledged = new ArrayList<>();
    private MemoryStore memory = new MemoryStore();
    private boolean calm = true;

    /**
     * @param meanwhile something that somebody else does while an append waits its turn
     */
    SimulatedStore(SplittableRandom dice, Fault fault, Runnable meanwhile) {
        this.dice = dice;
        this.fault = fault;
        this.meanwhile = meanwhile;
    }

    @Override
    public Stored append(Draft draft) {
        meanwhile.run();
        int luck = calm ? 99 : dice.nextInt(100);
        if (luck < 2 && fault == Fault.SENT_WITHOUT_A_RECORD) {
            return new Stored.At(memory.size());
        }
        if (luck < 2) {
            throw new LedgerUnavailable("the disk is full");
        }
        Stored stored = write(draft);
        if (luck < 4) {
            throw new LedgerUnavailable("it may have been written");
        }
        if (stored instanceof Stored.At(long index)) {
            acknowledged.add(memory.entry(index).orElseThrow());
        }
        return stored;
    }

    private Stored write(Draft draft) {
        boolean objected = new Books(memory).objection(draft.event(), draft.at()).isPresent();
        if (fault == Fault.STORE_IGNORES_OBJECTIONS
                && objected
                && draft.event() instanceof Event.Decided) {
            return memory.force(draft);
        }
        return memory.append(draft);
    }

    /** From now on it fails now and then. */
    void beginToFail() {
        calm = false;
    }

    /**
     * The process dies and another takes over the log; calls that were open are ended as unknown.
     */
    void crash(Instant now) {
        List<Entry> log = new ArrayList<>(memory.entries());
        if (fault == Fault.STORE_LOSES_ACKNOWLEDGED && log.size() > 30) {
            log = log.subList(0, log.size() - 3);
        }
        memory = new MemoryStore();
        log.forEach(entry -> memory.force(new Draft(entry.at(), entry.event(), new byte[16])));
        for (CallId call : memory.openCalls()) {
            Event ended =
                    new Event.Concluded(
                            call,
                            Event.End.UNKNOWN,
                            Duration.ZERO,
                            Digest.of(),
                            Optional.empty(),
                            "the gateway stopped before it knew");
            memory.force(new Draft(now, ended, new byte[16]));
        }
    }

    /** What was acknowledged, in order; the oracle's own copy. */
    List<Entry> acknowledged() {
        return acknowledged;
    }

    MemoryStore memory() {
        return memory;
    }

    @Override
    public Optional<Entry> entry(long index) {
        return memory.entry(index);
    }

    @Override
    public long size() {
        return memory.size();
    }
}
