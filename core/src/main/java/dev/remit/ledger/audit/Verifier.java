package dev.remit.ledger.audit;

import dev.remit.call.Digest;
import dev.remit.ledger.Checkpoint;
import dev.remit.ledger.EntryFormat;
import dev.remit.ledger.Merkle;
import dev.remit.ledger.NoteKey;
import dev.remit.ledger.SegmentFormat;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks a copied log, offline, with nothing but its bytes and the log's public key.
 *
 * <p>The signed checkpoint is what is trusted. The log says what it holds twice, in its segments
 * and in the hashes of the file {@code leaves}; whichever of the two has the signed root says how
 * the other one was changed. Entries behind the checkpoint pass if it lags no more than a running
 * gateway lets it.
 */
public final class Verifier {
    /** How far a checkpoint may be behind the entries, by the time they carry. */
    public static final Duration LAG = Duration.ofSeconds(3);

    private static final int MOST_FINDINGS = 200;
    private static final Set<String> OTHERS =
            Set.of(Signed.CHECKPOINT, Signed.KEY, LeafFile.NAME, Witnessed.COSIGNED);

    private final LedgerCopy copy;
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final Signed signed;
    private final Witnessed witnessed;
    private final long covered;
    private final List<String> segments;
    private final LeafFile leaves;
    private final boolean leavesHold;
    private final Comparison comparison = new Comparison();
    private final Merkle found = new Merkle();
    private boolean foundHolds;
    private boolean wrongRoot;
    private Optional<Instant> uncoveredSince = Optional.empty();
    private Instant last = Instant.EPOCH;
    private long lastOpened = -1;

    private Verifier(LedgerCopy copy, Optional<String> trustedKey, Brought brought) {
        this.copy = copy;
        this.signed = Signed.read(copy, trustedKey, findings);
        this.witnessed = new Witnessed(copy, signed, brought, findings, remarks);
        this.covered = signed.checkpoint().map(Checkpoint::size).orElse(0L);
        this.segments = copy.names().stream().filter(SegmentFormat::isName).toList();
        Set<Long> sizes = new HashSet<>(Set.of(covered));
        segments.forEach(name -> sizes.add(first(name)));
        this.leaves = new LeafFile(copy, sizes);
        this.leavesHold = leaves.tree(covered).filter(this::isSigned).isPresent();
    }

    /**
     * Checks every byte of the files.
     *
     * @param trustedKey the log's key as its owner published it; if empty, the one beside the log
     */
    public static Report verify(LedgerCopy copy, Optional<String> trustedKey) {
        return verify(copy, trustedKey, new Brought(List.of(), Optional.empty()));
    }

    /** The same, held against what witnesses have seen. */
    public static Report verify(LedgerCopy copy, Optional<String> trustedKey, Brought brought) {
        return new Verifier(copy, trustedKey, brought).report();
    }

    /**
     * What an auditor brings along.
     *
     * @param witnesses each of which must have cosigned
     * @param seen the checkpoint that a witness has of this log, if it was asked
     */
    public record Brought(List<NoteKey> witnesses, Optional<String> seen) {
        public Brought {
            witnesses = List.copyOf(witnesses);
        }
    }

    private Report report() {
        names();
        checkRoot();
        witnessed.found(found);
        for (String name : segments) {
            segment(name);
        }
        if (segments.isEmpty() && covered > 0) {
            findings.add(new Finding.EntriesMissing(0, covered));
        }
        conclude();
        int more = findings.size() - MOST_FINDINGS;
        List<Finding> listed =
                new ArrayList<>(findings.subList(0, Math.min(findings.size(), MOST_FINDINGS)));
        if (more > 0) {
            listed.add(new Finding.More(more));
        }
        return new Report(signed.origin(), found.size(), covered, listed, remarks);
    }

    private static long first(String segment) {
        return Long.parseLong(segment.substring(0, 20));
    }

    private void names() {
        for (String name : copy.names()) {
            boolean known = SegmentFormat.isName(name) || OTHERS.contains(name);
            if (name.endsWith(".new")) {
                remarks.add("`" + name + "` was not finished; the next start removes it");
            } else if (!known) {
                findings.add(new Finding.StrayFile(name));
            }
        }
    }

    private boolean isSigned(Merkle tree) {
        return signed.checkpoint()
                .filter(checkpoint -> checkpoint.root().equals(tree.root()))
                .isPresent();
    }

    private void segment(String name) {
        long first = first(name);
        ByteBuffer bytes = copy.bytes(name, 0, Math.toIntExact(copy.length(name)));
        header(name, first, bytes);
        SegmentScan scan = new SegmentScan(bytes);
        List<Seen> frames = new ArrayList<>(scan.frames());
        boolean newest = name.equals(segments.getLast());
        long end = newest ? leaves.count() : first(segments.get(segments.indexOf(name) + 1));
        List<Digest> expected = leaves.hashes(first, end);
        tail(name, scan, frames, first, expected.size(), newest);
        if (found.size() == 0 && first > 0) {
            comparison.add(0, leaves.hashes(0, first), List.of());
        }
        align(newest, first, expected, frames);
        long[] places = comparison.add(first, expected, frames);
        for (int i = 0; i < frames.size(); i++) {
            entry(name, places[i], frames.get(i));
        }
    }

    private void header(String name, long first, ByteBuffer bytes) {
        Optional<SegmentFormat.Header> header =
                SegmentFormat.readHeader(bytes).filter(read -> read.first() == first);
        if (header.isEmpty()) {
            findings.add(new Finding.HeaderWrong(name));
            return;
        }
        List<Digest> peaks = header.get().peaks();
        boolean asLeaves =
                leaves.tree(first).filter(tree -> tree.peaks().equals(peaks)).isPresent();
        boolean asFound = found.size() == first && found.peaks().equals(peaks);
        if (leavesHold ? !asLeaves : !asFound && !asLeaves) {
            findings.add(new Finding.PeaksWrong(name, first));
        }
    }

    /** What is behind the frames: zeros, or an unfinished write at the end of the log. */
    private void tail(
            String name,
            SegmentScan scan,
            List<Seen> frames,
            long first,
            int expected,
            boolean newest) {
        long behind = first + frames.size();
        Optional<Seen> lastFrame =
                frames.isEmpty() ? Optional.empty() : Optional.of(frames.getLast());
        boolean cut =
                newest
                        && lastFrame.filter(frame -> !frame.checksum()).isPresent()
                        && behind > covered
                        && frames.size() > expected;
        if (cut) {
            frames.removeLast();
        }
        if (scan.stray().isEmpty() && !cut) {
            return;
        }
        if (newest
                && behind >= covered
                && frames.size() >= expected
                && (cut || scan.endsUnfinished())) {
            remarks.add(
                    "an unfinished write follows entry "
                            + (first + frames.size() - 1)
                            + "; the next start wipes it");
        } else if (frames.size() < expected) {
            frames.add(Seen.unreadable(scan.end()));
        } else {
            findings.add(new Finding.StrayBytes(name, scan.stray().orElseThrow()));
        }
    }

    /** Entries behind the checkpoint may be in one of the two files only: a running log's. */
    private void align(boolean newest, long first, List<Digest> expected, List<Seen> frames) {
        if (!newest) {
            return;
        }
        int both = expected.size();
        boolean level =
                both == 0
                        || (both <= frames.size()
                                && expected.getLast().equals(frames.get(both - 1).leafHash()));
        for (int i = both; level && i < frames.size() && first + i >= covered; i++) {
            expected.add(frames.get(i).leafHash());
        }
        while (expected.size() > frames.size() && first + expected.size() > covered) {
            expected.removeLast();
        }
    }

    private void entry(String name, long index, Seen frame) {
        if (comparison.isEmpty()) {
            frame.leaf().ifPresent(leaf -> opened(index, leaf));
            frame.leaf().ifPresent(leaf -> introduced(index, leaf));
        }
        found.add(frame.leafHash());
        witnessed.found(found);
        if (found.size() == covered) {
            foundHolds = isSigned(found);
            wrongRoot = !foundHolds;
        }
        if (!frame.readable()) {
            findings.add(new Finding.FrameUnreadable(name, frame.offset(), index));
            return;
        }
        if (!comparison.differsAt(index)) {
            if (!frame.checksum() && frame.body() == Seen.Body.SOUND) {
                findings.add(new Finding.ChecksumWrong(name, frame.offset(), index));
            }
            body(index, frame);
        }
        frame.leaf().ifPresent(leaf -> note(index, leaf));
    }

    /** An entry that says what the log was before it is held to that. */
    private void opened(long index, EntryFormat.Leaf leaf) {
        boolean right =
                !leaf.kind().equals("opened")
                        || (Long.toString(index).equals(leaf.fields().get("size"))
                                && found.root().hex().equals(leaf.fields().get("root")));
        if (!right) {
            findings.add(new Finding.OpenedWrong(index));
        }
    }

    /** A key of the log is one that the key before it endorsed, and signs all that comes after. */
    private void introduced(long index, EntryFormat.Leaf leaf) {
        Optional<Long> number = KeyChain.introduced(leaf);
        if (number.isPresent() && !signed.keys().isKnown(leaf)) {
            findings.add(new Finding.LogKeyUnknown(index));
        } else if (number.isPresent() && index < covered && number.get() > signed.signer()) {
            findings.add(new Finding.CheckpointByOldKey(signed.signer(), index));
        }
    }

    private void body(long index, Seen frame) {
        switch (frame.body()) {
            case CHANGED -> findings.add(new Finding.BodyChanged(index));
            case MISSING -> findings.add(new Finding.BodyMissing(index));
            case SOUND -> {
                if (!frame.fault().isEmpty()) {
                    findings.add(new Finding.EntryUnknown(index, frame.fault()));
                }
            }
        }
    }

    private void note(long index, EntryFormat.Leaf leaf) {
        last = leaf.at();
        if (index >= covered && uncoveredSince.isEmpty()) {
            uncoveredSince = Optional.of(leaf.at());
        }
        if (leaf.kind().equals("opened")) {
            lastOpened = index;
        }
    }

    private void checkRoot() {
        if (signed.checkpoint().isPresent() && covered == 0) {
            foundHolds = isSigned(new Merkle());
            wrongRoot = !foundHolds;
        }
    }

    private void conclude() {
        boolean known = signed.checkpoint().isPresent();
        if (known && leaves.bytes() != expectedLeaves()) {
            findings.add(new Finding.LeavesLength(leaves.bytes(), expectedLeaves()));
        }
        findings.addAll(
                foundHolds && !leavesHold
                        ? comparison.leafFindings()
                        : comparison.findings(Math.max(covered, leaves.count())));
        witnessed.conclude(found.size(), findings);
        if (!known) {
            return;
        }
        boolean removed = found.size() < covered;
        if (removed && comparison.isEmpty()) {
            findings.add(new Finding.EntriesMissing(found.size(), covered));
        }
        if (wrongRoot && !leavesHold) {
            findings.add(new Finding.RootDiffers(covered));
        }
        if (found.size() > covered) {
            remarks.add(
                    "the entries from "
                            + covered
                            + " on are not signed yet; only a checkpoint that covers them proves"
                            + " them");
        }
        Duration lag = Duration.between(uncoveredSince.orElse(last), last);
        boolean old =
                lag.compareTo(LAG) > 0
                        || covered < lastOpened
                        || (!segments.isEmpty() && covered < first(segments.getLast()));
        if (old) {
            findings.add(new Finding.CheckpointOld(covered, found.size(), lag));
        }
    }

    /** The right length of the leaves file; of a running log's, whatever it is. */
    private long expectedLeaves() {
        boolean running = found.size() > covered && leaves.count() >= covered;
        return running ? leaves.bytes() : Math.max(found.size(), covered) * 32;
    }
}
