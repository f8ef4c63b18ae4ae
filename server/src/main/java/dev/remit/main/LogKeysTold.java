package dev.remit.main;

import dev.remit.identity.KeyUse;
import dev.remit.identity.OwnKey;
import dev.remit.ledger.Checkpoint;
import dev.remit.store.EmbeddedStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The public keys that sign the log's checkpoints, as signed notes write them, the newest last. */
final class LogKeysTold implements Supplier<List<String>> {
    private final Path first;
    private final EmbeddedStore store;

    LogKeysTold(Path data, EmbeddedStore store) {
        this.first = data.resolve(EmbeddedStore.LEDGER).resolve("key.pub");
        this.store = store;
    }

    @Override
    public List<String> get() {
        String known;
        try {
            known = Files.readString(first).strip();
        } catch (IOException e) {
            return List.of(); // whoever checks brings the key
        }
        Set<String> all = new LinkedHashSet<>(List.of(known));
        int end = known.indexOf('+');
        for (OwnKey one : store.keys(KeyUse.LOG).keys()) {
            PublicKey key = one.key().key();
            all.add(Checkpoint.verifierKey(known.substring(0, Math.max(0, end)), key));
        }
        return List.copyOf(all);
    }
}
