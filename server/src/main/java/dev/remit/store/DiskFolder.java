package dev.remit.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A folder on a disk; what it makes, its owner alone can read. */
final class DiskFolder implements LogFolder {
    private final Path path;
    private final Set<OpenOption> how;

    private DiskFolder(Path path, Set<OpenOption> how) {
        this.path = path;
        this.how = how;
    }

    /** Makes the folder if there is none. */
    static DiskFolder at(Path path) throws IOException {
        make(path);
        return new DiskFolder(
                path,
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE));
    }

    /** A folder that nothing is changed in. */
    static DiskFolder forReading(Path path) {
        return new DiskFolder(path, Set.of(StandardOpenOption.READ));
    }

    /** Makes a folder for the owner alone; one that is there stays as it is. */
    static void make(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            Files.createDirectories(path, ownerOnly(path, "rwx------"));
        }
    }

    static FileAttribute<?>[] ownerOnly(Path path, String rights) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    public List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Override
    public LogFile open(String name) throws IOException {
        Path file = path.resolve(name);
        return new DiskFile(FileChannel.open(file, how, ownerOnly(path, "rw-------")));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(
                path.resolve(from),
                path.resolve(to),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        sync();
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(path.resolve(name));
    }

    @Override
    public long room() throws IOException {
        return Files.getFileStore(path).getUsableSpace();
    }

    /** Names are durable only when their folder is. */
    private void sync() throws IOException {
        try (FileChannel folder = FileChannel.open(path, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
