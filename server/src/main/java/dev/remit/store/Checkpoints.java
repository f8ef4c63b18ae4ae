package dev.remit.store;

import dev.remit.identity.Jwk;
import dev.remit.identity.KeyPage;
import dev.remit.identity.KeyUse;
import dev.remit.identity.OwnKey;
import dev.remit.ledger.Checkpoint;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.ledger.Merkle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The log's signed word on itself, in a file; it only ever grows. A checkpoint of so many entries
 * is signed by the newest key that these entries introduce, so that whoever reads them knows whose
 * signature it must be.
 */
final class Checkpoints {
    static final String NAME = "checkpoint";
    static final String KEY = "key.pub";

    /** The newest checkpoint that witnesses cosigned, if there are any. */
    static final String COSIGNED = "cosigned";

    private final LogFolder folder;
    private final LogKeys keys;
    private final String nameOfNew;
    private final ReentrantLock lock = new ReentrantLock(); // guards the file and `signed`
    private volatile Supplier<KeyPage> page = () -> KeyPage.empty(KeyUse.LOG);
    private long signed = -1;

    /**
     * @param nameOfNew what a log is called that is begun here; it keeps its name
     */
    Checkpoints(LogFolder folder, LogKeys keys, String nameOfNew) {
        this.folder = folder;
        this.keys = keys;
        this.nameOfNew = nameOfNew;
    }

    /** From now on the books say which key signs. */
    void follow(Supplier<KeyPage> books) {
        page = books;
    }

    /** Starts a new log: the first word is that it is empty. */
    void begin() throws IOException {
        if (keys.all().size() != 1) {
            throw new LedgerUnavailable("a new log is begun with one key, and there are others");
        }
        KeyPair first = keys.all().iterator().next();
        String text = Checkpoint.verifierKey(nameOfNew, first.getPublic()) + "\n";
        folder.replace(KEY, text.getBytes(StandardCharsets.UTF_8));
        sign(new Merkle());
    }

    /** What was signed last, with a key that is held, for this log; else the start is refused. */
    Checkpoint last() throws IOException {
        if (!folder.names().contains(NAME)) {
            throw new LedgerUnavailable(
                    "the log has entries but no `checkpoint`; put back the one that belongs to it");
        }
        Checkpoint last =
                own(new String(folder.read(NAME), StandardCharsets.UTF_8))
                        .orElseThrow(
                                () ->
                                        new LedgerUnavailable(
                                                "the log's `checkpoint` is not signed by this"
                                                        + " log's key; put back the key or the"
                                                        + " checkpoint that belongs to it"));
        signed = last.size();
        return last;
    }

    /** What a note says, if it was signed for this log with a key that is held. */
    Optional<Checkpoint> own(String note) {
        try {
            String origin = origin();
            return keys.all().stream()
                    .map(one -> Checkpoint.verifierKey(origin, one.getPublic()))
                    .flatMap(key -> Checkpoint.verified(note, key).stream())
                    .findFirst();
        } catch (IOException e) {
            throw new LedgerUnavailable("the log's key cannot be read: " + e.getMessage(), e);
        }
    }

    /** Signs a tree whose every entry is durable, if it has grown. */
    void sign(Merkle tree) throws IOException {
        lock.lock();
        try {
            if (tree.size() > signed) {
                KeyPair key = signer(tree.size());
                String note =
                        new Checkpoint(origin(), tree.size(), tree.root())
                                .sign(key.getPrivate(), key.getPublic());
                folder.replace(NAME, note.getBytes(StandardCharsets.UTF_8));
                signed = tree.size();
            }
        } finally {
            lock.unlock();
        }
    }

    private KeyPair signer(long size) throws IOException {
        List<OwnKey> introduced =
                page.get().keys().stream().filter(key -> key.entry() < size).toList();
        Optional<Jwk> named =
                introduced.isEmpty()
                        ? Checkpoint.key(publicKey())
                        : Optional.of(introduced.getLast().key());
        return named.flatMap(keys::of)
                .orElseThrow(
                        () ->
                                new LedgerUnavailable(
                                        "the key that signs the log now is not among this"
                                                + " gateway's keys; put back the folder `keys`"
                                                + " that belongs to the log"));
    }

    /** The log's first key, by which it is known. */
    private String publicKey() throws IOException {
        return folder.names().contains(KEY)
                ? new String(folder.read(KEY), StandardCharsets.UTF_8).strip()
                : "";
    }

    private String origin() throws IOException {
        String key = publicKey();
        return key.indexOf('+') > 0 ? key.substring(0, key.indexOf('+')) : nameOfNew;
    }
}
