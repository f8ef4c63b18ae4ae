package dev.remit.store;

import dev.remit.ledger.LedgerUnavailable;
import dev.remit.ledger.audit.LedgerCopy;
import dev.remit.ledger.audit.Report;
import dev.remit.ledger.audit.Verifier;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The offline check of a copied log folder. It needs no gateway, and changes nothing. */
public final class Verification {
    private Verification() {}

    /**
     * Checks the log in this folder: the one that holds {@code checkpoint}, or the data folder
     * around it.
     *
     * @param trustedKey the log's key as its owner published it; if empty, the one in the folder
     * @throws LedgerUnavailable if the folder cannot be read
     */
    public static Report of(Path folder, Optional<String> trustedKey) {
        return of(folder, trustedKey, new Verifier.Brought(List.of(), Optional.empty()));
    }

    /**
     * The same, held against what witnesses have seen.
     *
     * @throws LedgerUnavailable if the folder cannot be read
     */
    public static Report of(Path folder, Optional<String> trustedKey, Verifier.Brought brought) {
        Path inner = folder.resolve(EmbeddedStore.LEDGER);
        try {
            return Verifier.verify(
                    new Folder(Files.isDirectory(inner) ? inner : folder), trustedKey, brought);
        } catch (IOException e) {
            throw new LedgerUnavailable("the log in " + folder + " cannot be read: " + e, e);
        }
    }

    /** Reads small files first: the checkpoint of a running log is then older than its entries. */
    private static final class Folder implements LedgerCopy {
        private final Path path;
        private final List<String> names;
        private final Map<String, byte[]> small;

        Folder(Path path) throws IOException {
            this.path = path;
            this.small = new HashMap<>();
            for (String name : List.of("checkpoint", "cosigned", "key.pub")) {
                if (Files.exists(path.resolve(name))) {
                    small.put(name, Files.readAllBytes(path.resolve(name)));
                }
            }
            try (Stream<Path> files = Files.list(path)) {
                this.names = files.map(file -> file.getFileName().toString()).sorted().toList();
            }
        }

        @Override
        public List<String> names() {
            return names;
        }

        @Override
        public long length(String name) {
            byte[] known = small.get(name);
            try {
                return known != null ? known.length : Files.size(path.resolve(name));
            } catch (IOException e) {
                throw unreadable(name, e);
            }
        }

        @Override
        public ByteBuffer bytes(String name, long from, int length) {
            byte[] known = small.get(name);
            if (known != null) {
                return ByteBuffer.wrap(known, (int) from, length).slice();
            }
            ByteBuffer bytes = ByteBuffer.allocate(length);
            try (FileChannel file = FileChannel.open(path.resolve(name), StandardOpenOption.READ)) {
                long at = from;
                while (bytes.hasRemaining()) {
                    int read = file.read(bytes, at);
                    if (read < 0) {
                        throw new IOException("it ends too early");
                    }
                    at += read;
                }
                return bytes.flip();
            } catch (IOException e) {
                throw unreadable(name, e);
            }
        }

        private static LedgerUnavailable unreadable(String name, IOException e) {
            return new LedgerUnavailable("`" + name + "` cannot be read: " + e.getMessage(), e);
        }
    }
}
