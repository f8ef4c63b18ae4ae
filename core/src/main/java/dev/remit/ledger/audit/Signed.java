package dev.remit.ledger.audit;

import dev.remit.ledger.Checkpoint;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What the log's key and checkpoint say, as far as they hold.
 *
 * @param origin the log's name; empty if the key cannot be read
 * @param checkpoint only one that the key signed
 */
record Signed(String origin, Optional<Checkpoint> checkpoint) {
    static final String CHECKPOINT = "checkpoint";
    static final String KEY = "key.pub";

    static Signed read(LedgerCopy copy, Optional<String> trusted, List<Finding> findings) {
        String key = key(copy, trusted.map(String::strip), findings);
        int plus = key.indexOf('+');
        String origin = plus < 0 ? "" : key.substring(0, plus);
        if (!copy.names().contains(CHECKPOINT)) {
            findings.add(new Finding.CheckpointMissing());
            return new Signed(origin, Optional.empty());
        }
        String note = new String(copy.bytes(CHECKPOINT), StandardCharsets.UTF_8);
        String name = note.lines().findFirst().orElse("");
        Optional<Checkpoint> read = Checkpoint.verified(note, key);
        if (read.isEmpty()) {
            findings.add(
                    name.equals(origin)
                            ? new Finding.CheckpointUnsigned()
                            : new Finding.CheckpointOfAnotherLog(name, origin));
        } else {
            int signature = note.lastIndexOf("\n\n") + 2;
            int end = note.indexOf('\n', signature) + 1;
            if (end == 0 || end < note.length()) {
                findings.add(new Finding.StrayBytes(CHECKPOINT, Math.max(end, signature)));
            }
        }
        return new Signed(origin, read);
    }

    private static String key(LedgerCopy copy, Optional<String> trusted, List<Finding> findings) {
        if (!copy.names().contains(KEY)) {
            findings.add(new Finding.KeyWrong("missing: there is no file `" + KEY + "`"));
            return trusted.orElse("");
        }
        String text = new String(copy.bytes(KEY), StandardCharsets.UTF_8);
        String key = text.strip();
        if (trusted.isPresent() && !trusted.get().equals(key)) {
            findings.add(new Finding.KeyWrong("not the one that was named as trusted"));
            return trusted.get();
        }
        if (!text.equals(key + "\n") || !isKey(key)) {
            findings.add(new Finding.KeyWrong("not written as a gateway writes it"));
        }
        return key;
    }

    private static boolean isKey(String key) {
        String[] parts = key.split("\\+", 3);
        try {
            byte[] typed = parts.length == 3 ? Base64.getDecoder().decode(parts[2]) : new byte[0];
            return typed.length == 33 && Base64.getEncoder().encodeToString(typed).equals(parts[2]);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
