package dev.remit.ledger;

import dev.remit.call.Digest;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

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
        EventText text = EventText.write(event);
        this.at = at.truncatedTo(ChronoUnit.MILLIS); // as it will be read back
        this.event = event;
        this.body = EntryFormat.body(text, salt);
        this.leaf = EntryFormat.leaf(this.at, text, EntryFormat.commitment(body));
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

    /** Whether a segment can hold it. */
    public boolean fits() {
        return SegmentFormat.isPlausible(leaf.length, body.length);
    }

    /** How many bytes {@link #putFrame} writes. */
    public int frameLength() {
        return SegmentFormat.FRAME + leaf.length + body.length;
    }

    /** Writes this as one frame of a segment. */
    public void putFrame(ByteBuffer out) {
        SegmentFormat.putFrame(out, leaf, body);
    }
}
