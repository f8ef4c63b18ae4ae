package dev.remit.ledger.audit;

import dev.remit.call.Digest;
import dev.remit.ledger.Checkpoint;
import dev.remit.ledger.Cosignature;
import dev.remit.ledger.Merkle;
import dev.remit.ledger.NoteKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Checkpoints of this log that somebody else vouches for: the one with cosignatures that lies
 * beside it, and one that was fetched from a witness. Each must be the beginning of the log.
 */
final class Witnessed {
    static final String COSIGNED = "cosigned";
    private static final Pattern LINES =
            Pattern.compile("\n(?:— [^ \\s]+ [A-Za-z0-9+/]+={0,2}\n)+");

    private final List<NoteKey> witnesses;
    private final List<Anchor> anchors = new ArrayList<>();
    private final Map<Long, Digest> roots = new HashMap<>(); // of the first so many entries found

    /** A checkpoint that the log must continue, and where it comes from. */
    private record Anchor(Checkpoint checkpoint, String from) {}

    Witnessed(
            LedgerCopy copy,
            Signed signed,
            Verifier.Brought brought,
            List<Finding> findings,
            List<String> remarks) {
        this.witnesses = brought.witnesses();
        if (copy.names().contains(COSIGNED)) {
            String note = new String(copy.bytes(COSIGNED), StandardCharsets.UTF_8);
            anchor(note, signed, "the file `cosigned`", findings, remarks);
        } else {
            witnesses.forEach(one -> findings.add(new Finding.NotCosigned(one.name(), COSIGNED)));
        }
        brought.seen().ifPresent(note -> anchor(note, signed, "the witness", findings, remarks));
    }

    private void anchor(
            String note, Signed signed, String from, List<Finding> findings, List<String> remarks) {
        boolean lines = LINES.matcher(note.substring(note.lastIndexOf("\n\n") + 1)).matches();
        Optional<Checkpoint> read = lines ? signed.keys().checkpoint(note) : Optional.empty();
        if (read.isEmpty()) {
            findings.add(new Finding.AnchorUnsigned(from));
            return;
        }
        anchors.add(new Anchor(read.get(), from));
        for (NoteKey witness : witnesses) {
            Cosignature.of(read.get(), note, witness)
                    .ifPresentOrElse(
                            said ->
                                    remarks.add(
                                            said.witness()
                                                    + " cosigned "
                                                    + read.get().size()
                                                    + " entries at "
                                                    + said.at()
                                                    + ", as "
                                                    + from
                                                    + " says"),
                            () -> findings.add(new Finding.NotCosigned(witness.name(), from)));
        }
    }

    /** Looks at the tree as it is found, after each entry and before the first. */
    void found(Merkle tree) {
        for (Anchor one : anchors) {
            if (one.checkpoint().size() == tree.size()) {
                roots.put(tree.size(), tree.root());
            }
        }
    }

    /** Says what does not continue what was vouched for. */
    void conclude(long entries, List<Finding> findings) {
        for (Anchor one : anchors) {
            long size = one.checkpoint().size();
            if (size > entries) {
                findings.add(new Finding.RolledBack(entries, size, one.from()));
            } else if (!one.checkpoint().root().equals(roots.get(size))) {
                findings.add(new Finding.Forked(size, one.from()));
            }
        }
    }
}
