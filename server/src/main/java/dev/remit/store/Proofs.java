package dev.remit.store;

import dev.remit.call.Digest;
import dev.remit.ledger.InclusionProof;
import dev.remit.ledger.LedgerUnavailable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Proves that entries are in the log, from its folder: the file of leaf hashes is read from one end
 * to the other, 32 bytes an entry.
 */
final class Proofs {
    private static final int PART = 8_192; // hashes read at once

    private final LogFolder folder;
    private final Archive archive;

    Proofs(LogFolder folder, Archive archive) {
        this.folder = folder;
        this.archive = archive;
    }

    /** The proof for the entry in the tree of the newest checkpoint; empty if it is not there. */
    Optional<InclusionProof> of(long index) {
        try {
            String note = new String(folder.read(Checkpoints.NAME), StandardCharsets.UTF_8);
            long size = Long.parseLong(note.lines().skip(1).findFirst().orElse("0"));
            Optional<Frame> frame = index < size ? archive.frame(index) : Optional.empty();
            if (frame.isEmpty()) {
                return Optional.empty();
            }
            try (LogFile leaves = folder.open(Leaves.NAME)) {
                Hashes hashes = new Hashes(leaves);
                List<Digest> path = InclusionProof.path(index, size, hashes::at);
                return Optional.of(new InclusionProof(index, frame.get().leaf(), path, note));
            }
        } catch (IOException | NumberFormatException e) {
            throw new LedgerUnavailable("the proof cannot be made: " + e.getMessage(), e);
        }
    }

    /** The file's hashes, a part of them at a time. */
    private static final class Hashes {
        private final LogFile file;
        private final ByteBuffer part = ByteBuffer.allocate(PART * Leaves.HASH);
        private long first = -1; // of the hashes in the part

        Hashes(LogFile file) {
            this.file = file;
        }

        Digest at(long index) {
            if (first < 0 || index < first || index >= first + PART) {
                first = index;
                part.clear();
                try {
                    file.read(part, index * Leaves.HASH);
                } catch (IOException e) {
                    throw new LedgerUnavailable("`leaves` cannot be read: " + e.getMessage(), e);
                }
            }
            byte[] hash = new byte[Leaves.HASH];
            part.get((int) (index - first) * Leaves.HASH, hash);
            return Digest.ofBytes(hash);
        }
    }
}
