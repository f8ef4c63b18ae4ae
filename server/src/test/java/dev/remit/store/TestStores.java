package dev.remit.store;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.InstantSource;

/** Opens stores on folders of a test, all with one key. */
final class TestStores {
    static final String ORIGIN = "remit.test/log";
    static final KeyPair KEY = key();

    private TestStores() {}

    static KeyPair key() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static EmbeddedStore open(Path data) {
        return EmbeddedStore.open(data, new LogKeys(KEY), ORIGIN, InstantSource.system(), "test");
    }

    /** Opens with segments of another size, over another folder. */
    static EmbeddedStore open(Path data, LogFolder folder, long segmentSize) throws IOException {
        DiskFolder.make(data);
        return EmbeddedStore.open(
                data,
                folder,
                new Checkpoints(folder, new LogKeys(KEY), ORIGIN),
                new Opening(InstantSource.system(), "test", segmentSize));
    }
}
