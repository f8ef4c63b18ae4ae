package dev.remit.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** One file of the log, as the store uses it; a fake in the tests loses power. */
interface LogFile extends Closeable {
    /** Writes all the bytes; not durable before {@link #force}. */
    void write(ByteBuffer bytes, long at) throws IOException;

    /** Reads as many bytes as there are, at most as many as fit. */
    void read(ByteBuffer into, long at) throws IOException;

    long size() throws IOException;

    /** Returns when everything written is durable; after a failure nobody knows what is. */
    void force() throws IOException;
}
