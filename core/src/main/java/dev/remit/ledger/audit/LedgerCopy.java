package dev.remit.ledger.audit;

import java.nio.ByteBuffer;
import java.util.List;

/** The files of a copied log, read by whoever calls the verifier. */
public interface LedgerCopy {
    /** The names of all files, sorted. */
    List<String> names();

    /** How many bytes a file has. */
    long length(String name);

    /** A part of a file; the buffer is at its start. */
    ByteBuffer bytes(String name, long from, int length);

    /** A whole file that is known to be small. */
    default byte[] bytes(String name) {
        byte[] bytes = new byte[Math.toIntExact(length(name))];
        bytes(name, 0, bytes.length).get(bytes);
        return bytes;
    }
}
