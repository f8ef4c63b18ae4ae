package dev.remit.vault;

import dev.remit.identity.CredentialId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A folder with one file for each sealed content. */
public final class SealedFolder implements SealedShelf {
    private final Path folder;

    /** Opens a folder, which is made if there is none. */
    public SealedFolder(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            for (Path file : files()) {
                if (name(file).startsWith(OwnerFile.UNFINISHED)) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + folder + " cannot be used", e);
        }
    }

    @Override
    public Optional<byte[]> get(CredentialId id) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(file(id)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void put(CredentialId id, byte[] sealed) throws IOException {
        OwnerFile.write(file(id), sealed);
    }

    @Override
    public void remove(CredentialId id) throws IOException {
        OwnerFile.remove(file(id));
    }

    @Override
    public Set<CredentialId> all() throws IOException {
        Set<CredentialId> all = new HashSet<>();
        for (Path file : files()) {
            all.add(new CredentialId(name(file)));
        }
        return all;
    }

    private Path file(CredentialId id) {
        return folder.resolve(id.text());
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
