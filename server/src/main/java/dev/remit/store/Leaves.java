package dev.remit.store;

import dev.remit.call.Digest;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The file of leaf hashes, 32 bytes an entry: the level-0 tiles of C2SP tlog-tiles one after
 * another. Derived from the segments, so that a write that fails is only tried again later.
 */
final class Leaves implements Closeable {
    static final String NAME = "leaves";
    static final int HASH = 32;

    private final LogFile file;
    private final List<Digest> due = new ArrayList<>();
    private long written;

    Leaves(LogFile file, long written) {
        this.file = file;
        this.written = written;
    }

    void add(Digest leafHash) {
        due.add(leafHash);
    }

    /** Writes what is due; whether it did. */
    boolean write() {
        ByteBuffer bytes = ByteBuffer.allocate(due.size() * HASH);
        due.forEach(hash -> bytes.put(hash.bytes()));
        try {
            file.write(bytes.flip(), written * HASH);
            written += due.size();
            due.clear();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    void force() throws IOException {
        file.force();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
