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

    /** Opens the file, or makes it with one fresh key. */
    public FileKeys(Path file) {
        this.file = file;
        try {
            if (!Files.exists(file)) {
                OwnerFile.write(file, LocalKeys.fresh().text().getBytes(StandardCharsets.UTF_8));
            }
            this.keys = LocalKeys.of(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("the key file " + file + " cannot be read", e);
        }
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
