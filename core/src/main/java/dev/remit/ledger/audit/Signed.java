package dev.remit.ledger.audit;

import dev.remit.ledger.Checkpoint;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What the log's key and checkpoint say, as far as they hold.
 *
 * @param origin the log's name; empty if the key cannot be read
 * @param checkpoint only one that a key of the log signed
 * @param keys all keys of the log
 * @param signer the number of the key that signed the checkpoint; 0 if none did
 */
record Signed(String origin, Optional<Checkpoint> checkpoint, KeyChain keys, int signer) {
    static final String CHECKPOINT = "checkpoint";
    static final String KEY = "key.pub";

    static Signed read(LedgerCopy copy, Optional<String> named, List<Finding> findings) {
        Optional<String> trusted = named.map(String::strip);
        String first = first(copy, trusted, findings);
        KeyChain keys = new KeyChain(first, copy);
        int from = 1; // the oldest key that is trusted; those after it are because of it
        if (trusted.isPresent() && !trusted.get().equals(first)) {
            from = keys.number(trusted.get()).orElse(0);
        }
        if (from == 0) {
            findings.add(new Finding.KeyWrong("not the one that was named as trusted"));
            first = trusted.orElseThrow();
            keys = new KeyChain(first, copy);
            from = 1;
        }
        int plus = first.indexOf('+');
        String origin = plus < 0 ? "" : first.substring(0, plus);
        if (!copy.names().contains(CHECKPOINT)) {
            findings.add(new Finding.CheckpointMissing());
            return new Signed(origin, Optional.empty(), keys, 0);
        }
        String note = new String(copy.bytes(CHECKPOINT), StandardCharsets.UTF_8);
        for (int number = from; number <= keys.count(); number++) {
            Optional<Checkpoint> read = Checkpoint.verified(note, keys.written(number));
            if (read.isPresent()) {
                int signature = note.lastIndexOf("\n\n") + 2;
                int end = note.indexOf('\n', signature) + 1;
                if (end == 0 || end < note.length()) {
                    findings.add(new Finding.StrayBytes(CHECKPOINT, Math.max(end, signature)));
                }
                return new Signed(origin, read, keys, number);
            }
        }
        String name = note.lines().findFirst().orElse("");
        findings.add(
                name.equals(origin)
                        ? new Finding.CheckpointUnsigned()
                        : new Finding.CheckpointOfAnotherLog(name, origin));
        return new Signed(origin, Optional.empty(), keys, 0);
    }

    /** The log's first key, which lies with it. */
    private static String first(LedgerCopy copy, Optional<String> trusted, List<Finding> findings) {
        if (!copy.names().contains(KEY)) {
            findings.add(new Finding.KeyWrong("missing: there is no file `" + KEY + "`"));
            return trusted.orElse("");
        }
        String text = new String(copy.bytes(KEY), StandardCharsets.UTF_8);
        String key = text.strip();
        if (!text.equals(key + "\n") || !isKey(key)) {
            findings.add(new Finding.KeyWrong("not written as a gateway writes it"));
        }
        return key;
    }

    private static boolean isKey(String key) {
        String origin = key.substring(0, Math.max(0, key.indexOf('+')));
        return Checkpoint.key(key)
                .filter(read -> Checkpoint.verifierKey(origin, read.key()).equals(key))
                .isPresent();
    }
}
