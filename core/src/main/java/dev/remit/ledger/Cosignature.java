package dev.remit.ledger;

import java.nio.ByteBuffer;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * A witness's word that it saw a checkpoint, that the log had only grown until then, and when (C2SP
 * tlog-cosignature, {@code cosignature/v1}).
 *
 * @param witness its name
 * @param at by the witness's clock, in whole seconds
 */
public record Cosignature(String witness, Instant at) {
    private static final int SIGNATURE = 64;

    /** The line of a note in which the witness says so. */
    public static String line(NoteKey witness, PrivateKey key, Checkpoint checkpoint, Instant at) {
        long seconds = at.getEpochSecond();
        byte[] signature = NoteKey.sign(key, text(checkpoint, seconds));
        return witness.line(
                ByteBuffer.allocate(Long.BYTES + SIGNATURE)
                        .putLong(seconds)
                        .put(signature)
                        .array());
    }

    private static String text(Checkpoint checkpoint, long seconds) {
        return "cosignature/v1\ntime " + seconds + "\n" + checkpoint.body();
    }

    /** The latest that this witness gave the checkpoint in the note; empty if none holds. */
    public static Optional<Cosignature> of(Checkpoint checkpoint, String note, NoteKey witness) {
        return witness.marks(note).stream()
                .filter(mark -> mark.length == Long.BYTES + SIGNATURE)
                .flatMap(mark -> read(checkpoint, witness, ByteBuffer.wrap(mark)).stream())
                .max(Comparator.comparing(Cosignature::at));
    }

    private static Optional<Cosignature> read(
            Checkpoint checkpoint, NoteKey witness, ByteBuffer mark) {
        long seconds = mark.getLong();
        byte[] signature = new byte[SIGNATURE];
        mark.get(signature);
        boolean possible = seconds > 0 && seconds <= Instant.MAX.getEpochSecond();
        return possible && witness.signed(text(checkpoint, seconds), signature)
                ? Optional.of(new Cosignature(witness.name(), Instant.ofEpochSecond(seconds)))
                : Optional.empty();
    }
}
