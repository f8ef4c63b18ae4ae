package dev.remit.store;

import dev.remit.call.CallId;
import dev.remit.identity.KeyUse;
import dev.remit.ledger.Checkpoint;
import dev.remit.ledger.EntryFormat;
import dev.remit.ledger.InclusionProof;
import dev.remit.ledger.KeyText;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.ledger.audit.CallReceipt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes receipts from a log's folder, or a copy of it. No key is needed for that: what proves a
 * receipt is the checkpoint that was signed anyway.
 */
public final class Receipts {
    private final LogFolder folder;
    private final Archive archive;
    private final PublishedLog log;

    private Receipts(LogFolder folder) {
        this.folder = folder;
        this.archive = new Archive(folder);
        this.log = new PublishedLog(folder, archive, Checkpoint::said, _ -> {});
    }

    /** What of a call is opened to whoever gets the receipt; the rest stays a commitment. */
    public enum Part {
        /** What the agent asked for, with what rules and intent said of it. */
        ARGUMENTS,
        /** What the upstream answered. */
        ANSWER,
        /** The mandate: the task's words, its terms, and how its giver signed it. */
        WORDS
    }

    /** Those of the log in this folder, or in the data folder that this is. */
    public static Receipts of(Path folder) {
        Path inner = folder.resolve(EmbeddedStore.LEDGER);
        return new Receipts(DiskFolder.forReading(Files.isDirectory(inner) ? inner : folder));
    }

    /**
     * The receipt of a call that was decided; empty if the log knows none of this name.
     *
     * @throws LedgerUnavailable if no checkpoint covers the call yet
     */
    public Optional<CallReceipt> of(CallId call, Set<Part> open) {
        Map<Long, Frame> about = new TreeMap<>();
        archive.frames(
                0,
                frame -> {
                    if (isOf(frame.said(), call)) {
                        about.put(frame.index(), frame);
                    }
                    return true;
                });
        Optional<EntryFormat.Leaf> decided =
                about.values().stream().map(Frame::said).filter(Receipts::isDecided).findFirst();
        if (decided.isEmpty()) {
            return Optional.empty();
        }
        String note = note(about.keySet());
        long size = PublishedLog.size(note);
        Wanted wanted = new Wanted(decided.get().fields(), open.contains(Part.WORDS));
        archive.frames(
                0,
                frame -> {
                    if (frame.index() < size && wanted.isOf(frame.said())) {
                        about.put(frame.index(), frame);
                    }
                    return frame.index() < size;
                });
        List<CallReceipt.Item> items = new ArrayList<>();
        about.values().forEach(frame -> items.add(item(frame, note, open)));
        return Optional.of(new CallReceipt(key(), note, items));
    }

    /** The newest checkpoint that witnesses cosigned, if it covers the call; else the newest. */
    private String note(Set<Long> entries) {
        return log.cosigned()
                .filter(note -> entries.stream().allMatch(index -> index < PublishedLog.size(note)))
                .orElseGet(log::checkpoint);
    }

    private static boolean isOf(EntryFormat.Leaf leaf, CallId call) {
        boolean kind =
                isDecided(leaf) || leaf.kind().equals("concluded") || leaf.kind().equals("asked");
        return kind && call.text().equals(leaf.fields().get("call"));
    }

    private static boolean isDecided(EntryFormat.Leaf leaf) {
        return leaf.kind().equals("decided");
    }

    /** What else belongs to a decision: its mandate, the answer it stands on, the log's keys. */
    private static final class Wanted {
        private final String mandate;
        private final String version;
        private final String giver;
        private final String question;
        private final boolean words;

        Wanted(Map<String, String> decided, boolean words) {
            this.mandate = decided.getOrDefault("mandate", "");
            this.version = decided.getOrDefault("version", "");
            this.giver = decided.getOrDefault("giver", "");
            this.question =
                    "approved".equals(decided.get("ruling"))
                            ? decided.getOrDefault("question", "")
                            : "";
            this.words = words;
        }

        boolean isOf(EntryFormat.Leaf leaf) {
            Map<String, String> said = leaf.fields();
            return switch (leaf.kind()) {
                case "mandate-given" -> mandate.equals(said.get("mandate"));
                case "mandate-changed" ->
                        mandate.equals(said.get("mandate")) && version.equals(said.get("version"));
                case "question-answered" ->
                        mandate.equals(said.get("mandate"))
                                && (version.equals(said.get("version"))
                                        || question.equals(said.get("question")));
                case "passkey-added" -> words && giver.equals(said.get("person"));
                case KeyText.INTRODUCED -> KeyUse.LOG.text().equals(said.get("use"));
                default -> false;
            };
        }
    }

    private CallReceipt.Item item(Frame frame, String note, Set<Part> open) {
        InclusionProof proof =
                log.proof(frame.index(), note)
                        .orElseThrow(
                                () ->
                                        new LedgerUnavailable(
                                                "no checkpoint covers the call yet; try again in a"
                                                        + " second"));
        boolean opened =
                switch (frame.said().kind()) {
                    case "decided" -> open.contains(Part.ARGUMENTS);
                    case "concluded", "asked" -> open.contains(Part.ANSWER);
                    case KeyText.INTRODUCED -> false;
                    default -> open.contains(Part.WORDS);
                };
        return new CallReceipt.Item(
                frame.index(),
                frame.leaf(),
                proof.path(),
                opened ? Optional.of(frame.body()) : Optional.empty());
    }

    private String key() {
        try {
            return new String(folder.read(Checkpoints.KEY), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new LedgerUnavailable("`key.pub` cannot be read: " + e.getMessage(), e);
        }
    }
}
