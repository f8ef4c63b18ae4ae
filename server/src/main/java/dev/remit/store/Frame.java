package dev.remit.store;

import dev.remit.call.Digest;
import dev.remit.ledger.Entry;
import dev.remit.ledger.EntryFormat;
import dev.remit.ledger.Merkle;

/** One entry as it lies in a segment. */
final class Frame {
    private final long index;
    private final long end;
    private final byte[] leaf;
    private final byte[] body;

    Frame(long index, long end, byte[] leaf, byte[] body) {
        this.index = index;
        this.end = end;
        this.leaf = leaf;
        this.body = body;
    }

    /** The entry's place in the log. */
    long index() {
        return index;
    }

    /** Where in the segment the next one starts. */
    long end() {
        return end;
    }

    byte[] leaf() {
        return leaf.clone();
    }

    byte[] body() {
        return body.clone();
    }

    Digest leafHash() {
        return Merkle.leaf(leaf);
    }

    Entry entry() {
        return EntryFormat.read(index, leaf, body);
    }

    EntryFormat.Leaf said() {
        return EntryFormat.readLeaf(leaf);
    }
}
