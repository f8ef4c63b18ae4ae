package dev.remit.ledger.witness;

import dev.remit.call.Digest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a log sends to a witness (C2SP tlog-witness, {@code add-checkpoint}).
 *
 * @param old the size of the checkpoint that the witness cosigned last; 0 if none
 * @param proof that the log has only grown since (RFC 6962, section 2.1.2)
 * @param note the new checkpoint, signed
 */
public record Submission(long old, List<Digest> proof, String note) {
    /** The most bytes that a submission may have. */
    public static final int LONGEST = 64 * 1024;

    private static final int MOST_STEPS = 63;
    private static final Pattern OLD = Pattern.compile("old (0|[1-9][0-9]{0,18})");

    public Submission {
        proof = List.copyOf(proof);
    }

    /** The body of the request. */
    public String text() {
        StringBuilder text = new StringBuilder("old ").append(old).append('\n');
        proof.forEach(
                one -> text.append(Base64.getEncoder().encodeToString(one.bytes())).append('\n'));
        return text.append('\n').append(note).toString();
    }

    /** Reads a body; empty if it is not exactly of that form. */
    public static Optional<Submission> read(String text) {
        int end = text.indexOf("\n\n");
        List<String> lines = end < 0 ? List.of() : List.of(text.substring(0, end).split("\n", -1));
        if (lines.isEmpty() || lines.size() > MOST_STEPS + 1) {
            return Optional.empty();
        }
        var old = OLD.matcher(lines.getFirst());
        if (!old.matches()) {
            return Optional.empty();
        }
        try {
            List<Digest> proof = new ArrayList<>();
            for (String line : lines.subList(1, lines.size())) {
                proof.add(Digest.ofBytes(Base64.getDecoder().decode(line)));
            }
            Submission read =
                    new Submission(Long.parseLong(old.group(1)), proof, text.substring(end + 2));
            return read.text().equals(text) ? Optional.of(read) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
