package dev.remit.ledger;

import dev.remit.call.Digest;
import java.time.Instant;

/**
 * An event encoded and ready to be appended: the leaf, which is hashed into the tree, and the body
 * beside it, which the leaf commits to and which can be erased.
 */
public final class Draft {
    private final Instant at;
    private final Event event;
    private final byte[] leaf;
    private final byte[] body;
    private final Digest leafHash;

    /**
     * Encodes an event; {@code salt} is 16 fresh random bytes that keep the body's commitment from
     * being guessed.
     */
    public Draft(Instant at, Event event, byte[] salt) {
        this.at = at;
        this.event = event;
        this.body = EntryFormat.body(event, salt);
        this.leaf = EntryFormat.leaf(at, event, EntryFormat.commitment(body));
        this.leafHash = Merkle.leaf(leaf);
    }

    public Instant at() {
        return at;
    }

    public Event event() {
        return event;
    }

    public byte[] leaf() {
        return leaf.clone();
    }

    public byte[] body() {
        return body.clone();
    }

    public Digest leafHash() {
        return leafHash;
    }
}
