package dev.remit.main;

import dev.remit.call.Digest;
import dev.remit.identity.KeyUse;
import dev.remit.identity.SigningKeys;
import dev.remit.ledger.Ledger;
import dev.remit.store.EmbeddedStore;
import dev.remit.store.LogKeys;
import dev.remit.vault.FileKeys;
import dev.remit.vault.KeyKeeper;
import dev.remit.vault.KeysUnusable;
import dev.remit.vault.LocalKeys;
import dev.remit.vault.Locksmith;
import dev.remit.vault.OwnKeys;
import dev.remit.vault.Sealer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The gateway's own keys and what they are sealed with, opened before anything else is. */
final class Keys implements AutoCloseable {
    private final Config config;
    private final boolean isNew;
    private final KeyKeeper sealing;
    private final Sealer sealer;
    private final OwnKeys own;
    private final LogKeys ofLog;
    private final String nameOfNew;
    private final byte[] stateSecret;
    private Optional<KeyPatrol> patrol = Optional.empty();

    /**
     * Opens the keys of a data folder; of a new one, makes those that are needed before there is a
     * ledger.
     *
     * @throws ConfigRefused if something sealed cannot be opened; nothing was written then
     */
    Keys(Config config, Path data) {
        this.config = config;
        Path folder = folder(data.resolve("keys"));
        this.isNew = isEmpty(data.resolve(EmbeddedStore.LEDGER));
        try {
            boolean nothingSealed =
                    isNew && isEmpty(data.resolve("sealed")) && !OwnKeys.isSealedIn(folder);
            this.sealing = sealing(config, folder.resolve("sealing.key"), nothingSealed);
            this.sealer = new Sealer(sealing);
            this.own = new OwnKeys(folder, sealer);
            for (KeyUse use : KeyUse.values()) {
                own.all(use); // what is here must open, before anything is written anywhere
            }
            List<KeyPair> log = own.all(KeyUse.LOG);
            if (log.isEmpty() && !isNew) {
                throw new KeysUnusable(
                        "the key that signs the log is not in "
                                + folder
                                + "; put back the folder `keys` that belongs to the ledger");
            }
            this.stateSecret = own.secret("state", isNew);
            log = log.isEmpty() ? List.of(own.make(KeyUse.LOG, 1)) : log;
            this.ofLog = new LogKeys(log);
            this.nameOfNew =
                    "remit/"
                            + Digest.of(log.getFirst().getPublic().getEncoded())
                                    .hex()
                                    .substring(0, 16);
        } catch (KeysUnusable e) {
            throw new ConfigRefused(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw new ConfigRefused("the sealing key cannot be used: " + e.getMessage());
        }
    }

    private static KeyKeeper sealing(Config config, Path file, boolean mayMake) {
        return config.sealingKey().isPresent()
                ? LocalKeys.of(config.sealingKey().get().reveal())
                : FileKeys.at(file, mayMake);
    }

    /** Whether nothing was ever written in this data folder. */
    boolean isNew() {
        return isNew;
    }

    Sealer sealer() {
        return sealer;
    }

    byte[] stateSecret() {
        return stateSecret;
    }

    EmbeddedStore open(Path data, InstantSource clock) {
        return EmbeddedStore.open(data, ofLog, nameOfNew, clock, Server.VERSION);
    }

    SigningKeys of(KeyUse use, EmbeddedStore store) {
        return new SigningKeys(use, store, own);
    }

    /**
     * Makes sure of all keys, and from now on replaces them when they are old.
     *
     * @throws ConfigRefused if one that the ledger names cannot be opened
     */
    Locksmith begin(EmbeddedStore store, Ledger ledger, InstantSource clock) {
        Locksmith.Log log =
                new Locksmith.Log() {
                    @Override
                    public void hold(KeyPair keys) {
                        ofLog.hold(keys);
                    }

                    @Override
                    public void sign() {
                        store.sign();
                    }
                };
        Locksmith locksmith = new Locksmith(own, sealing, store, ledger, log, clock);
        try {
            locksmith.begin();
        } catch (KeysUnusable e) {
            store.close();
            throw new ConfigRefused(String.valueOf(e.getMessage()));
        }
        patrol = Optional.of(new KeyPatrol(locksmith, config.keyAges()));
        return locksmith;
    }

    private static boolean isEmpty(Path folder) {
        if (!Files.exists(folder)) {
            return true;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            throw new ConfigRefused("the folder " + folder + " cannot be read");
        }
    }

    private static Path folder(Path folder) {
        try {
            return Files.createDirectories(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new ConfigRefused(
                    "the data folder " + folder + " cannot be made; give another with --data");
        }
    }

    @Override
    public void close() {
        patrol.ifPresent(KeyPatrol::close);
    }
}
