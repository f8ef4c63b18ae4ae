package dev.remit.ledger.witness;

import dev.remit.ledger.Checkpoint;
import dev.remit.ledger.ConsistencyProof;
import dev.remit.ledger.Cosignature;
import dev.remit.ledger.Merkle;
import dev.remit.ledger.NoteKey;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Cosigns the checkpoints of the logs that it knows, each only if the log has grown from the one
 * before and from no other (C2SP tlog-witness). So nobody, whoever has the log's key, can show two
 * histories to those who ask for its cosignature.
 */
public final class Witness {
    private final NoteKey name;
    private final PrivateKey key;
    private final List<NoteKey> logs;
    private final WitnessBook book;
    private final ReentrantLock lock = new ReentrantLock(); // from looking at the book to keeping

    /**
     * @param logs the keys of the logs it is for; a log may have several
     */
    public Witness(NoteKey name, PrivateKey key, List<NoteKey> logs, WitnessBook book) {
        this.name = name;
        this.key = key;
        this.logs = List.copyOf(logs);
        this.book = book;
    }

    /** What a log is answered. */
    public sealed interface Answer {
        /** It is cosigned, and that is kept: the lines to add to the note. */
        record Cosigned(String lines) implements Answer {}

        /** It is not of the form that it must have. */
        record Malformed() implements Answer {}

        /** No log of this name is known. */
        record UnknownLog() implements Answer {}

        /** No key that is known for the log signed it. */
        record Unsigned() implements Answer {}

        /** It does not start from what was cosigned last, which has this size. */
        record Elsewhere(long size) implements Answer {}

        /** It is not shown to be a continuation of what was cosigned last. */
        record Inconsistent() implements Answer {}
    }

    /** Judges a submission; a cosignature is durable in the book before it is given. */
    public Answer answer(String text, Instant now) {
        Optional<Submission> submission = Submission.read(text);
        Optional<Checkpoint> said = submission.flatMap(one -> Checkpoint.said(one.note()));
        if (submission.isEmpty() || said.isEmpty()) {
            return new Answer.Malformed();
        }
        List<NoteKey> known =
                logs.stream().filter(log -> log.name().equals(said.get().origin())).toList();
        if (known.isEmpty()) {
            return new Answer.UnknownLog();
        }
        String note = submission.get().note();
        if (known.stream().noneMatch(log -> isSigned(note, log))) {
            return new Answer.Unsigned();
        }
        lock.lock();
        try {
            return answer(submission.get(), said.get(), now);
        } finally {
            lock.unlock();
        }
    }

    private static boolean isSigned(String note, NoteKey log) {
        return Checkpoint.verified(note, log.written()).isPresent();
    }

    private Answer answer(Submission submission, Checkpoint next, Instant now) {
        Checkpoint last =
                book.latest(next.origin())
                        .map(
                                kept ->
                                        Checkpoint.said(kept)
                                                .orElseThrow(
                                                        () ->
                                                                new IllegalStateException(
                                                                        "what was kept of `"
                                                                                + next.origin()
                                                                                + "` is damaged")))
                        .orElse(new Checkpoint(next.origin(), 0, new Merkle().root()));
        if (submission.old() > next.size()) {
            return new Answer.Malformed();
        }
        if (submission.old() != last.size()) {
            return new Answer.Elsewhere(last.size());
        }
        boolean empty = next.size() > 0 || next.root().equals(new Merkle().root());
        boolean grown =
                ConsistencyProof.holds(
                        last.size(), last.root(), next.size(), next.root(), submission.proof());
        if (!empty || !grown) {
            return new Answer.Inconsistent();
        }
        String line = Cosignature.line(name, key, next, now);
        book.keep(next.origin(), signedByTheLog(submission.note()) + line);
        return new Answer.Cosigned(line);
    }

    /** The note with the signatures of the log alone, so that it does not grow by strangers'. */
    private String signedByTheLog(String note) {
        int split = note.lastIndexOf("\n\n") + 2;
        StringBuilder kept = new StringBuilder(note.substring(0, split));
        for (String line : note.substring(split).split("\n")) {
            if (logs.stream()
                    .anyMatch(log -> isSigned(note.substring(0, split) + line + "\n", log))) {
                kept.append(line).append('\n');
            }
        }
        return kept.toString();
    }

    /** The newest checkpoint of a log that it cosigned, with its cosignature. */
    public Optional<String> latest(String origin) {
        return logs.stream().anyMatch(log -> log.name().equals(origin))
                ? book.latest(origin)
                : Optional.empty();
    }

    /** The names of the logs that it knows. */
    public List<String> origins() {
        return logs.stream().map(NoteKey::name).distinct().toList();
    }
}
