package dev.remit.store;

import dev.remit.call.CallId;
import dev.remit.ledger.Draft;
import dev.remit.ledger.Event;
import dev.remit.ledger.LedgerStore.Stored;
import dev.remit.mandate.Mandate;
import dev.remit.testkit.Sample;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * A process that writes to a store from 64 threads until it is killed, and says on its output what
 * was acknowledged.
 */
final class StoreWriter {
    private static final int CALLERS = 64;
    private static final String ORIGIN = "remit.test/kills";

    private StoreWriter() {}

    public static void main(String[] arguments) throws InterruptedException {
        boolean syncs = arguments.length < 3;
        EmbeddedStore store =
                syncs ? open(Path.of(arguments[0])) : withoutSyncs(Path.of(arguments[0]));
        String run = arguments[1];
        Sample sample = new Sample(store);
        Thread[] callers = new Thread[CALLERS];
        for (int caller = 0; caller < CALLERS; caller++) {
            String name = run + "-" + caller;
            callers[caller] = Thread.ofVirtual().start(() -> write(store, sample, name));
        }
        for (Thread caller : callers) {
            caller.join();
        }
    }

    private static void write(EmbeddedStore store, Sample sample, String name) {
        append(store, sample.draft(new Event.AgentAdded(sample.agent(name), "x")));
        sample.enrol(name, "1");
        append(store, sample.draft(new Event.ToolPinned(sample.pin("up.tool"), "x")));
        Mandate few = sample.mandate(name, name);
        Mandate mandate = few.with(few.permissions(), Sample.limits(1_000_000));
        append(store, sample.draft(new Event.MandateGiven(mandate)));
        for (int i = 0; true; i++) {
            Event.Decided decided = sample.allowed(mandate, "free", name + "_" + i);
            append(store, sample.draft(decided));
            append(store, sample.draft(Sample.concluded(decided.call())));
        }
    }

    private static void append(EmbeddedStore store, Draft draft) {
        if (!(store.append(draft) instanceof Stored.At(long index))) {
            throw new IllegalStateException("objected to " + draft.event());
        }
        PrintStream out = System.out;
        out.print(index + " " + draft.leafHash().hex() + ";\n");
        out.flush();
    }

    /** The allowed call that an event is about. */
    static Optional<CallId> call(Event event) {
        if (event instanceof Event.Decided decided
                && decided.ruling() instanceof Event.Ruling.Allowed) {
            return Optional.of(decided.call());
        }
        return event instanceof Event.Concluded concluded
                ? Optional.of(concluded.call())
                : Optional.empty();
    }

    /** Opens with a key that every run of this test has. */
    static EmbeddedStore open(Path data) {
        return EmbeddedStore.open(
                data, new LogKeys(FixedKey.FIRST), ORIGIN, InstantSource.system(), "test");
    }

    /** The planted fault: a disk that is never asked to make anything durable. */
    private static EmbeddedStore withoutSyncs(Path data) {
        try {
            LogFolder folder = new Unsynced(DiskFolder.at(data.resolve(EmbeddedStore.LEDGER)));
            return EmbeddedStore.open(
                    data,
                    folder,
                    new Checkpoints(folder, new LogKeys(FixedKey.FIRST), ORIGIN),
                    new Opening(InstantSource.system(), "test", Opening.SEGMENT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A folder whose files are written, but not synced. */
    private record Unsynced(LogFolder folder) implements LogFolder {
        @Override
        public List<String> names() throws IOException {
            return folder.names();
        }

        @Override
        public LogFile open(String name) throws IOException {
            LogFile file = folder.open(name);
            return new LogFile() {
                @Override
                public void write(ByteBuffer bytes, long at) throws IOException {
                    file.write(bytes, at);
                }

                @Override
                public void read(ByteBuffer into, long at) throws IOException {
                    file.read(into, at);
                }

                @Override
                public long size() throws IOException {
                    return file.size();
                }

                @Override
                public void force() {}

                @Override
                public void close() throws IOException {
                    file.close();
                }
            };
        }

        @Override
        public void rename(String from, String to) throws IOException {
            folder.rename(from, to);
        }

        @Override
        public void delete(String name) throws IOException {
            folder.delete(name);
        }

        @Override
        public long room() throws IOException {
            return folder.room();
        }
    }
}
