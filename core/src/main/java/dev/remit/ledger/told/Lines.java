package dev.remit.ledger.told;

import dev.remit.call.CallId;
import dev.remit.ledger.Entry;
import dev.remit.ledger.Event;
import dev.remit.ledger.told.Line.End;
import dev.remit.ledger.told.Line.What;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The last lines, each call's with its end; older ones give way. Not for several threads at once.
 */
public final class Lines {
    private final Telling telling;
    private final Line[] ring;
    private final Map<CallId, Line> open = new LinkedHashMap<>(); // made and not ended
    private final Map<CallId, Long> places = new HashMap<>(); // of those
    private long count;

    /**
     * @param most how many are kept
     */
    public Lines(Telling telling, int most) {
        this.telling = telling;
        this.ring = new Line[most];
    }

    /** Takes the next entry; the line that is new or has changed by it. */
    public Optional<Line> add(Entry entry) {
        return switch (entry.event()) {
            case Event.Concluded concluded ->
                    end(concluded.call(), new End.Over(concluded.end(), concluded.took()));
            case Event.Asked asked -> end(asked.call(), new End.Questioned());
            case Event event when event instanceof Event.Decided decided -> {
                Optional<Line> line = telling.of(entry).map(this::put);
                line.filter(one -> one.is(Line.Decided.ALLOWED))
                        .ifPresent(
                                one -> {
                                    open.put(decided.call(), one);
                                    places.put(decided.call(), count - 1);
                                });
                yield line;
            }
            case Event _ -> telling.of(entry).map(this::put);
        };
    }

    private Line put(Line line) {
        ring[(int) (count++ % ring.length)] = line;
        return line;
    }

    private Optional<Line> end(CallId call, End end) {
        Line line = open.remove(call);
        Long place = places.remove(call);
        if (line == null || place == null || !(line.what() instanceof What.OfCall of)) {
            return Optional.empty(); // it was decided before the first of these
        }
        Line ended =
                line.with(
                        new What.OfCall(
                                of.call(),
                                of.tool(),
                                of.decided(),
                                of.because(),
                                Optional.of(end)));
        if (place >= count - ring.length) {
            ring[(int) (place % ring.length)] = ended;
        }
        return Optional.of(ended);
    }

    /** Those that are wanted, the newest first. */
    public List<Line> newest(Predicate<Line> wanted, int most) {
        return newest(wanted, most, ring.length);
    }

    /**
     * The same, among the last ones.
     *
     * @param among how many are looked at
     */
    public List<Line> newest(Predicate<Line> wanted, int most, int among) {
        List<Line> found = new ArrayList<>();
        long last = Math.max(0, count - Math.min(ring.length, among));
        for (long at = count - 1; at >= last && found.size() < most; at--) {
            Line line = ring[(int) (at % ring.length)];
            if (wanted.test(line)) {
                found.add(line);
            }
        }
        return found;
    }

    /** The first entry that is told; 0 if none has given way yet. */
    public long first() {
        return count <= ring.length ? 0 : ring[(int) (count % ring.length)].entry();
    }

    /** The calls that were made and have not ended, the oldest first. */
    public List<Line> open() {
        return List.copyOf(open.values());
    }
}
