package dev.remit.ledger.audit;

import dev.remit.ledger.Checkpoint;
import dev.remit.ledger.Cosignature;
import dev.remit.ledger.EntryFormat;
import dev.remit.ledger.InclusionProof;
import dev.remit.ledger.NoteKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks a receipt with nothing but its bytes and the keys that are trusted: that every entry is in
 * the log whose checkpoint is signed, and that the entries belong to one call.
 */
public final class ReceiptCheck {
    private final CallReceipt receipt;
    private final List<NoteKey> witnesses;
    private final KeyChain keys;
    private final List<String> findings = new ArrayList<>();
    private final List<Cosignature> cosigned = new ArrayList<>();
    private final List<Proven> proven = new ArrayList<>();
    private int signer;

    /** An entry whose place and words are proven. */
    record Proven(CallReceipt.Item item, EntryFormat.Leaf leaf) {
        long index() {
            return item.index();
        }

        boolean is(String kind) {
            return leaf.kind().equals(kind);
        }

        String field(String name) {
            return leaf.fields().getOrDefault(name, "");
        }
    }

    private ReceiptCheck(CallReceipt receipt, List<NoteKey> witnesses) {
        this.receipt = receipt;
        this.witnesses = witnesses;
        this.keys = new KeyChain(receipt.key());
    }

    /**
     * Checks a receipt.
     *
     * @param trustedKey the log's key as its owner published it; if empty, the one in the receipt
     * @param witnesses each of which must have cosigned the checkpoint
     */
    public static ReceiptReport of(
            byte[] file, Optional<String> trustedKey, List<NoteKey> witnesses) {
        try {
            return new ReceiptCheck(CallReceipt.read(file), witnesses).report(trustedKey);
        } catch (IllegalArgumentException e) {
            String why = "this is no receipt: " + e.getMessage();
            return new ReceiptReport("", 0, List.of(), List.of(), List.of(why));
        }
    }

    private ReceiptReport report(Optional<String> trustedKey) {
        Optional<Checkpoint> checkpoint = checkpoint(trustedKey.map(String::strip));
        checkpoint.ifPresent(one -> receipt.entries().forEach(item -> prove(item, one)));
        List<ReceiptReport.Told> told = new ArrayList<>();
        if (findings.isEmpty()) {
            ReceiptStory story = new ReceiptStory(proven, findings);
            story.tell(told);
        }
        return new ReceiptReport(
                checkpoint.map(Checkpoint::origin).orElse(""),
                checkpoint.map(Checkpoint::size).orElse(0L),
                findings.isEmpty() ? told : List.of(),
                cosigned,
                findings);
    }

    private Optional<Checkpoint> checkpoint(Optional<String> trusted) {
        if (NoteKey.read(receipt.key(), NoteKey.Kind.LOG).isEmpty()) {
            findings.add("its key is none");
            return Optional.empty();
        }
        for (CallReceipt.Item item : receipt.entries()) {
            EntryFormat.Leaf leaf = EntryFormat.readLeaf(item.leaf());
            if (KeyChain.introduced(leaf).isPresent()) {
                keys.follow(leaf);
                if (!keys.isKnown(leaf)) {
                    findings.add(
                            "entry "
                                    + item.index()
                                    + " names a key that the one before it does not"
                                    + " endorse");
                }
            }
        }
        Optional<Integer> from = trusted.isEmpty() ? Optional.of(1) : keys.number(trusted.get());
        if (from.isEmpty()) {
            findings.add("it is of another log, or of another key than the one that is trusted");
            return Optional.empty();
        }
        for (int number = from.get(); number <= keys.count(); number++) {
            Optional<Checkpoint> read =
                    Checkpoint.verified(receipt.checkpoint(), keys.written(number));
            if (read.isPresent()) {
                signer = number;
                witnesses.forEach(witness -> cosigned(read.get(), witness));
                return read;
            }
        }
        findings.add("its checkpoint is not signed by the log's key");
        return Optional.empty();
    }

    private void cosigned(Checkpoint checkpoint, NoteKey witness) {
        Cosignature.of(checkpoint, receipt.checkpoint(), witness)
                .ifPresentOrElse(
                        cosigned::add,
                        () -> findings.add("its checkpoint is not cosigned by " + witness.name()));
    }

    private void prove(CallReceipt.Item item, Checkpoint checkpoint) {
        EntryFormat.Leaf leaf = EntryFormat.readLeaf(item.leaf());
        String entry = "entry " + item.index();
        InclusionProof proof =
                new InclusionProof(item.index(), item.leaf(), item.path(), receipt.checkpoint());
        boolean there = proof.root(checkpoint.size()).equals(Optional.of(checkpoint.root()));
        boolean inOrder = proven.isEmpty() || proven.getLast().index() < item.index();
        boolean own =
                item.body().isEmpty()
                        || EntryFormat.commitment(item.body().get()).equals(leaf.commitment());
        if (!there) {
            findings.add(entry + " is not in the log that its checkpoint signs");
        }
        if (!inOrder) {
            findings.add(entry + " stands out of order");
        }
        if (!own) {
            findings.add("the body of " + entry + " is not the one that it commits to");
        }
        if (KeyChain.introduced(leaf).filter(number -> number > signer).isPresent()) {
            findings.add("its checkpoint is signed by a key that " + entry + " replaced");
        }
        if (there && inOrder && own) {
            proven.add(new Proven(item, leaf));
        }
    }
}
