package dev.remit.store;

import dev.remit.ledger.Checkpoint;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.ledger.Merkle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.concurrent.locks.ReentrantLock;

/** The log's signed word on itself, in a file; it only ever grows. */
final class Checkpoints {
    static final String NAME = "checkpoint";
    static final String KEY = "key.pub";

    private final LogFolder folder;
    private final PrivateKey key;
    private final PublicKey publicKey;
    private final String origin;
    private final ReentrantLock lock = new ReentrantLock(); // guards the file and `signed`
    private long signed = -1;

    Checkpoints(LogFolder folder, PrivateKey key, PublicKey publicKey, String origin) {
        this.folder = folder;
        this.key = key;
        this.publicKey = publicKey;
        this.origin = origin;
    }

    /** Starts a new log: the first word is that it is empty. */
    void begin() throws IOException {
        String text = Checkpoint.verifierKey(origin, publicKey) + "\n";
        folder.replace(KEY, text.getBytes(StandardCharsets.UTF_8));
        sign(new Merkle());
    }

    /** What was signed last, with this key for this log; anything else stops the start. */
    Checkpoint last() throws IOException {
        if (!folder.names().contains(NAME)) {
            throw new LedgerUnavailable(
                    "the log has entries but no `checkpoint`; put back the one that belongs to it");
        }
        String note = new String(folder.read(NAME), StandardCharsets.UTF_8);
        Checkpoint last =
                Checkpoint.verified(note, Checkpoint.verifierKey(origin, publicKey))
                        .orElseThrow(
                                () ->
                                        new LedgerUnavailable(
                                                "the log's `checkpoint` is not signed by this"
                                                        + " log's key; put back the key or the"
                                                        + " checkpoint that belongs to it"));
        signed = last.size();
        return last;
    }

    /** Signs a tree whose every entry is durable, if it has grown. */
    void sign(Merkle tree) throws IOException {
        lock.lock();
        try {
            if (tree.size() > signed) {
                String note = new Checkpoint(origin, tree.size(), tree.root()).sign(key, publicKey);
                folder.replace(NAME, note.getBytes(StandardCharsets.UTF_8));
                signed = tree.size();
            }
        } finally {
            lock.unlock();
        }
    }
}
