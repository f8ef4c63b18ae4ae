package dev.remit.cli;

import dev.remit.store.EmbeddedStore;
import dev.remit.store.LogKeys;
import dev.remit.testkit.Sample;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.InstantSource;
import java.util.function.Function;

/** A ledger on the disk, with entries in it and nobody at it. */
final class Recorded {
    private Recorded() {}

    /** What came of writing it. */
    static <T> T in(Path data, Function<Sample, T> write) throws Exception {
        try (EmbeddedStore store =
                EmbeddedStore.open(
                        data,
                        new LogKeys(KeyPairGenerator.getInstance("Ed25519").generateKeyPair()),
                        "recorded/log",
                        InstantSource.system(),
                        "test")) {
            return write.apply(new Sample(store));
        }
    }
}
