package dev.remit.store;

import dev.remit.call.Digest;
import dev.remit.ledger.SegmentFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** A copy of a log whose newest segment is taken apart and put together differently. */
final class TamperedLog {
    final Path folder;
    private final Path segment;
    final List<byte[]> frames = new ArrayList<>();

    TamperedLog(Path folder, Path original) throws IOException {
        this.folder = Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(original)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        try (Stream<Path> files = Files.list(folder)) {
            this.segment =
                    files.filter(file -> SegmentFormat.isName(file.getFileName().toString()))
                            .max(Path::compareTo)
                            .orElseThrow();
        }
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(segment));
        in.position(SegmentFormat.HEADER);
        while (in.remaining() > SegmentFormat.FRAME && in.getInt(in.position()) > 0) {
            byte[] frame =
                    new byte
                            [SegmentFormat.FRAME
                                    + in.getInt(in.position())
                                    + in.getInt(in.position() + 4)];
            in.get(frame);
            frames.add(frame);
        }
        write();
    }

    static int leafLength(byte[] frame) {
        return ByteBuffer.wrap(frame).getInt();
    }

    /** Makes the checksum right again, as somebody with tools would. */
    static void mend(byte[] frame) {
        CRC32C crc = new CRC32C();
        crc.update(frame, 0, 8);
        crc.update(frame, SegmentFormat.FRAME, frame.length - SegmentFormat.FRAME);
        ByteBuffer.wrap(frame).putInt(8, (int) crc.getValue());
    }

    /** Writes the frames as they are now, some zeros behind them. */
    TamperedLog write() throws IOException {
        int length = frames.stream().mapToInt(frame -> frame.length).sum();
        ByteBuffer out = ByteBuffer.allocate(SegmentFormat.HEADER + length + 4096);
        out.put(Files.readAllBytes(segment), 0, SegmentFormat.HEADER);
        frames.forEach(out::put);
        Files.write(segment, out.array());
        return this;
    }

    /** Rewrites the file of hashes to fit the frames, as somebody with tools would. */
    TamperedLog writeLeaves() throws IOException {
        ByteBuffer out = ByteBuffer.allocate(frames.size() * 32);
        for (byte[] frame : frames) {
            byte[] leaf = Arrays.copyOfRange(frame, 12, 12 + leafLength(frame));
            out.put(Digest.of(new byte[] {0}, leaf).bytes());
        }
        Files.write(folder.resolve("leaves"), out.array());
        return this;
    }

    Path segment() {
        return segment;
    }
}
