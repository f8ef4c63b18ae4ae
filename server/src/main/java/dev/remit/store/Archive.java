package dev.remit.store;

import dev.remit.call.CallId;
import dev.remit.ledger.Entry;
import dev.remit.ledger.EntryFormat;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.ledger.LogReader;
import dev.remit.ledger.SegmentFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * The log, for reading: by place and from a place on. Also of a folder that another process writes
 * to; then it ends where that process has not finished.
 */
public final class Archive implements LogReader {
    private static final int STEP = 64;
    private static final int MOST_MARKED = 64;

    private final LogFolder folder;
    private final ReentrantLock lock = new ReentrantLock(); // guards the marks
    private final Map<Long, List<Long>> marks = new LinkedHashMap<>(); // every 64th frame's offset

    Archive(LogFolder folder) {
        this.folder = folder;
    }

    /** The log in this folder, or in the data folder that this is. */
    public static Archive of(Path folder) {
        Path inner = folder.resolve(EmbeddedStore.LEDGER);
        return new Archive(DiskFolder.forReading(Files.isDirectory(inner) ? inner : folder));
    }

    @Override
    public Optional<Entry> entry(long index) {
        return frame(index).map(Frame::entry);
    }

    @Override
    public void read(long from, Predicate<Entry> more) {
        frames(from, frame -> more.test(frame.entry()));
    }

    @Override
    public List<Entry> entries(CallId call) {
        return new CallSearch(this).of(call);
    }

    @Override
    public long size() {
        try {
            List<Long> all = segments();
            long last = all.isEmpty() ? 0 : all.getLast();
            long[] end = {last};
            frames(
                    last,
                    frame -> {
                        end[0] = frame.index() + 1;
                        return true;
                    });
            return end[0];
        } catch (IOException e) {
            throw new LedgerUnavailable("the log cannot be read: " + e.getMessage(), e);
        }
    }

    Optional<Frame> frame(long index) {
        List<Frame> found = new ArrayList<>(1);
        if (index >= 0) {
            frames(
                    index,
                    frame -> {
                        found.add(frame);
                        return false;
                    });
        }
        return found.stream().findFirst();
    }

    void frames(long from, Predicate<Frame> more) {
        try {
            long next = from;
            for (long first : segments()) {
                boolean last = segments().getLast() == first;
                if (!last && after(first) <= next) {
                    continue;
                }
                if (first > next) {
                    throw new LedgerUnavailable(
                            "entry "
                                    + next
                                    + " is not in the log's segments; run `remit audit verify` to"
                                    + " see what is missing");
                }
                Optional<Long> end = readSegment(first, next, more);
                if (end.isEmpty()) {
                    return;
                }
                next = end.get();
            }
        } catch (IOException e) {
            throw new LedgerUnavailable("the log cannot be read: " + e.getMessage(), e);
        }
    }

    /** The last segment that begins before this moment, by the time of its first entry. */
    long startBefore(Instant moment) {
        try {
            long start = 0;
            for (long first : segments()) {
                Optional<Instant> at = frame(first).map(Frame::said).map(EntryFormat.Leaf::at);
                start = at.isPresent() && at.get().isBefore(moment) ? first : start;
            }
            return start;
        } catch (IOException e) {
            throw new LedgerUnavailable("the log cannot be read: " + e.getMessage(), e);
        }
    }

    private List<Long> segments() throws IOException {
        return folder.names().stream()
                .filter(SegmentFormat::isName)
                .map(name -> Long.parseLong(name.substring(0, 20)))
                .toList();
    }

    private long after(long first) throws IOException {
        return segments().stream().filter(other -> other > first).findFirst().orElseThrow();
    }

    /** The place behind the segment's last entry; empty if the reader wants no more. */
    private Optional<Long> readSegment(long first, long from, Predicate<Frame> more)
            throws IOException {
        try (LogFile file = folder.open(SegmentFormat.name(first))) {
            int known = (int) ((from - first) / STEP);
            List<Long> marked = marks(first);
            int mark = Math.min(known, marked.size() - 1);
            FrameReader frames =
                    new FrameReader(file, marked.get(mark), first + (long) mark * STEP);
            while (true) {
                mark(first, frames);
                Optional<Frame> frame = frames.next();
                if (frame.isEmpty()) {
                    return Optional.of(frames.index());
                }
                if (frame.get().index() >= from && !more.test(frame.get())) {
                    return Optional.empty();
                }
            }
        }
    }

    private List<Long> marks(long first) {
        lock.lock();
        try {
            if (marks.size() >= MOST_MARKED && !marks.containsKey(first)) {
                marks.remove(marks.keySet().iterator().next());
            }
            return List.copyOf(
                    marks.computeIfAbsent(
                            first, _ -> new ArrayList<>(List.of((long) SegmentFormat.HEADER))));
        } finally {
            lock.unlock();
        }
    }

    private void mark(long first, FrameReader frames) {
        long place = frames.index() - first;
        if (place % STEP != 0) {
            return;
        }
        lock.lock();
        try {
            List<Long> marked = marks.get(first);
            if (marked != null && marked.size() == place / STEP) {
                marked.add(frames.at());
            }
        } finally {
            lock.unlock();
        }
    }
}
