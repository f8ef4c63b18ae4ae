package dev.remit.vault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/** Keys in a file that only its owner can read; made when there is none. */
public final class FileKeys implements KeyKeeper {
    private final Path file;
    private volatile LocalKeys keys;

    private FileKeys(Path file) {
        this.file = file;
        try {
            this.keys = LocalKeys.of(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("the key file " + file + " cannot be read", e);
        }
    }

    /**
     * Opens the file.
     *
     * @param mayMake whether there is nothing yet that an earlier key sealed, so that the file may
     *     be made with a fresh one
     * @throws KeysUnusable if there is no file and there must be one
     */
    public static FileKeys at(Path file, boolean mayMake) {
        if (Files.exists(file)) {
            return new FileKeys(file);
        }
        if (!mayMake) {
            throw new KeysUnusable(
                    "the sealing key "
                            + file
                            + " is gone, and without it nothing that it sealed can be opened; put"
                            + " it back from your backup, or name it with `sealing_key`");
        }
        try {
            OwnerFile.write(file, LocalKeys.fresh().text().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the key file " + file + " cannot be written", e);
        }
        return new FileKeys(file);
    }

    @Override
    public byte[] wrap(byte[] key) throws GeneralSecurityException {
        return keys.wrap(key);
    }

    @Override
    public byte[] unwrap(byte[] wrapped) throws GeneralSecurityException {
        return keys.unwrap(wrapped);
    }

    @Override
    public void renew() {
        keep(keys.renewed());
    }

    @Override
    public void retire() {
        keep(keys.newest());
    }

    private void keep(LocalKeys changed) {
        try {
            OwnerFile.write(file, changed.text().getBytes(StandardCharsets.UTF_8));
            keys = changed;
        } catch (IOException e) {
            throw new UncheckedIOException("the key file " + file + " cannot be written", e);
        }
    }
}
