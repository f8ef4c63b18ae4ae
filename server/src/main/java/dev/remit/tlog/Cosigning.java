package dev.remit.tlog;

import dev.remit.call.Digest;
import dev.remit.http.fetch.Fetched;
import dev.remit.http.fetch.SafeFetch;
import dev.remit.identity.Secret;
import dev.remit.ledger.Checkpoint;
import dev.remit.ledger.Cosignature;
import dev.remit.ledger.NoteKey;
import dev.remit.ledger.witness.Submission;
import dev.remit.ledger.witness.WitnessedLog;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Has the log's checkpoints cosigned by witnesses, in rounds. A witness that does not answer holds
 * nothing up; one that shows a checkpoint of ours which this log does not continue ends all
 * writing, because then this is an older state of the log, or another one.
 */
public final class Cosigning {
    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final Set<String> TYPES = Set.of("text/plain", "application/octet-stream");

    private final WitnessedLog log;
    private final List<WitnessSettings> witnesses;
    private final SafeFetch fetch;
    private final InstantSource clock;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>(); // by witness

    /**
     * What is known of a witness.
     *
     * @param size of the checkpoint that it cosigned last
     * @param trouble why it did not cosign the last time it was asked; empty if it did
     */
    public record Seen(long size, Instant at, String trouble) {}

    public Cosigning(
            WitnessedLog log,
            List<WitnessSettings> witnesses,
            SafeFetch fetch,
            InstantSource clock) {
        this.log = log;
        this.witnesses = List.copyOf(witnesses);
        this.fetch = fetch;
        this.clock = clock;
        log.cosigned().ifPresent(this::remember);
    }

    /** Starts from what was cosigned before this start. */
    private void remember(String note) {
        Optional<Checkpoint> own = log.own(note);
        for (WitnessSettings one : witnesses) {
            own.flatMap(checkpoint -> Cosignature.of(checkpoint, note, one.key()))
                    .ifPresent(
                            said ->
                                    seen.put(
                                            one.key().name(),
                                            new Seen(own.orElseThrow().size(), said.at(), "")));
        }
    }

    /** By witness, how it stands. */
    public Map<String, Seen> seen() {
        Map<String, Seen> all = new LinkedHashMap<>();
        witnesses.forEach(one -> all.put(one.key().name(), seen(one)));
        return all;
    }

    private Seen seen(WitnessSettings one) {
        return seen.getOrDefault(
                one.key().name(), new Seen(0, Instant.EPOCH, "it was not asked yet"));
    }

    /** Asks every witness that has not seen the newest checkpoint, and keeps what they say. */
    public void round() {
        String note = log.checkpoint();
        int end = note.lastIndexOf("\n\n") + 2;
        String own = note.substring(0, note.indexOf('\n', end) + 1); // without cosignatures
        Optional<Checkpoint> checkpoint = log.own(own);
        if (checkpoint.isEmpty()) {
            return;
        }
        StringBuilder lines = new StringBuilder();
        for (WitnessSettings one : witnesses) {
            Seen last = seen(one);
            boolean due =
                    last.size() < checkpoint.get().size()
                            || !last.trouble().isEmpty()
                            || last.at().plus(FRESH).isBefore(clock.instant());
            if (due) {
                lines.append(ask(one, new Signed(own, checkpoint.get()), last));
            } else {
                lines.append(line(note, one.key(), checkpoint.get()));
            }
        }
        if (!lines.isEmpty() && !note.equals(own + lines)) {
            log.keepCosigned(own + lines);
        }
    }

    /** A checkpoint and the note that says it. */
    private record Signed(String note, Checkpoint checkpoint) {}

    /** The line of a witness that has seen this very checkpoint before. */
    private static String line(String note, NoteKey witness, Checkpoint checkpoint) {
        String body = note.substring(0, note.lastIndexOf("\n\n") + 2);
        StringBuilder lines = new StringBuilder();
        for (String line : note.substring(body.length()).split("\n")) {
            if (Cosignature.of(checkpoint, body + line + "\n", witness).isPresent()) {
                lines.append(line).append('\n');
            }
        }
        return lines.toString();
    }

    /** What the witness adds to the note; nothing if it does not cosign it now. */
    private String ask(WitnessSettings witness, Signed next, Seen last) {
        Fetched answer = submit(witness, next, Math.min(last.size(), next.checkpoint().size()));
        Optional<Long> elsewhere = elsewhere(answer);
        if (elsewhere.isPresent() && elsewhere.get() <= next.checkpoint().size()) {
            answer = submit(witness, next, elsewhere.get());
        }
        String lines =
                text(answer)
                        .map(said -> line(next.note() + said, witness.key(), next.checkpoint()))
                        .orElse("");
        if (!lines.isEmpty()) {
            Seen now = new Seen(next.checkpoint().size(), clock.instant(), "");
            seen.put(witness.key().name(), now);
            return lines;
        }
        if (answer instanceof Fetched.Answered other
                && (other.status() == 409 || other.status() == 422)) {
            compare(witness, next.checkpoint().origin());
        }
        seen.put(witness.key().name(), new Seen(last.size(), last.at(), trouble(answer)));
        return "";
    }

    /** What was answered, if it is what was asked for. */
    private static Optional<String> text(Fetched answer) {
        return answer instanceof Fetched.Answered done && done.status() == 200
                ? Optional.of(new String(done.body(), StandardCharsets.UTF_8))
                : Optional.empty();
    }

    private Fetched submit(WitnessSettings witness, Signed next, long old) {
        List<Digest> proof = log.consistency(old, next.checkpoint().size());
        Submission submission = new Submission(old, proof, next.note());
        return fetch.fetch(
                new SafeFetch.Asked(
                        URI.create(witness.url() + "/add-checkpoint"),
                        Map.of("Content-Type", new Secret("text/plain; charset=utf-8")),
                        Optional.of(new Secret(submission.text())),
                        TYPES));
    }

    private static Optional<Long> elsewhere(Fetched answer) {
        if (answer instanceof Fetched.Answered other && other.status() == 409) {
            String size = new String(other.body(), StandardCharsets.US_ASCII).strip();
            return size.matches("0|[1-9][0-9]{0,17}")
                    ? Optional.of(Long.parseLong(size))
                    : Optional.empty();
        }
        return Optional.empty();
    }

    private static String trouble(Fetched answer) {
        return switch (answer) {
            case Fetched.Refused(String why) -> why;
            case Fetched.Answered other ->
                    switch (other.status()) {
                        case 200 -> "its cosignature does not hold";
                        case 403 -> "it does not know the key that signs the log now";
                        case 404 -> "it does not know this log";
                        case 409, 422 -> "it has seen another history of this log than this one";
                        default -> "it answered with " + other.status();
                    };
        };
    }

    /** What the witness cosigned last must be a beginning of this log, if this log signed it. */
    private void compare(WitnessSettings witness, String origin) {
        Fetched answer =
                fetch.fetch(
                        new SafeFetch.Asked(
                                URI.create(
                                        witness.url()
                                                + "/"
                                                + WitnessEdge.hash(origin)
                                                + "/checkpoint"),
                                Map.of(),
                                Optional.empty(),
                                TYPES));
        Optional<Checkpoint> theirs = text(answer).flatMap(log::own);
        Optional<Checkpoint> newest = log.own(log.checkpoint());
        if (theirs.isEmpty() || newest.isEmpty()) {
            return;
        }
        long size = theirs.get().size();
        if (size > newest.get().size()) {
            log.refuse(
                    "the witness %s has a checkpoint of %d entries that this log signed, and here are %d: this is an older state of the log; put back the newest"
                            .formatted(witness.key().name(), size, newest.get().size()));
        } else if (!log.root(size).equals(theirs.get().root())) {
            log.refuse(
                    "the witness %s has a checkpoint of %d entries that this log signed, and they are not the first %d here: this log was continued from an older state; put back the one that the witness saw"
                            .formatted(witness.key().name(), size, size));
        }
    }
}
