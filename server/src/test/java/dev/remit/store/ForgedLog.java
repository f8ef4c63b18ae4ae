package dev.remit.store;

import dev.remit.call.Digest;
import dev.remit.ledger.Checkpoint;
import dev.remit.ledger.Merkle;
import dev.remit.ledger.SegmentFormat;
import dev.remit.ledger.audit.LedgerCopy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** The files of a log in memory, for somebody who does with them what they like. */
final class ForgedLog implements LedgerCopy {
    private static final int ZEROS = 300;

    final TreeMap<String, byte[]> files = new TreeMap<>();

    private ForgedLog() {}

    /** Reads a folder; of the zeros behind a segment's entries, a few are kept. */
    static ForgedLog read(Path folder) throws IOException {
        ForgedLog log = new ForgedLog();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                byte[] bytes = Files.readAllBytes(file);
                int end = bytes.length;
                while (SegmentFormat.isName(file.getFileName().toString()) && bytes[end - 1] == 0) {
                    end--;
                }
                boolean segment = end < bytes.length;
                log.files.put(
                        file.getFileName().toString(),
                        Arrays.copyOf(bytes, segment ? end + ZEROS : end));
            }
        }
        return log;
    }

    ForgedLog copy() {
        ForgedLog log = new ForgedLog();
        files.forEach((name, bytes) -> log.files.put(name, bytes.clone()));
        return log;
    }

    boolean sameAs(ForgedLog other) {
        return files.keySet().equals(other.files.keySet())
                && files.entrySet().stream()
                        .allMatch(one -> Arrays.equals(one.getValue(), other.file(one.getKey())));
    }

    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, byte[]> one : files.entrySet()) {
            Files.write(folder.resolve(one.getKey()), one.getValue());
        }
    }

    byte[] file(String name) {
        return Objects.requireNonNull(files.get(name), name);
    }

    String text(String name) {
        return new String(file(name), StandardCharsets.UTF_8);
    }

    void put(String name, String text) {
        files.put(name, text.getBytes(StandardCharsets.UTF_8));
    }

    List<String> segments() {
        return files.keySet().stream().filter(SegmentFormat::isName).toList();
    }

    static long first(String segment) {
        return Long.parseLong(segment.substring(0, 20));
    }

    /** The frames of a segment that nobody has touched yet. */
    List<byte[]> frames(String segment) {
        List<byte[]> frames = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(file(segment)).position(SegmentFormat.HEADER);
        while (in.remaining() > SegmentFormat.FRAME && in.getInt(in.position()) > 0) {
            int at = in.position();
            byte[] frame = new byte[SegmentFormat.FRAME + in.getInt(at) + in.getInt(at + 4)];
            in.get(frame);
            frames.add(frame);
        }
        return frames;
    }

    void putFrames(String segment, List<byte[]> frames) {
        int length = frames.stream().mapToInt(frame -> frame.length).sum();
        ByteBuffer out = ByteBuffer.allocate(SegmentFormat.HEADER + length + ZEROS);
        out.put(file(segment), 0, SegmentFormat.HEADER);
        frames.forEach(out::put);
        files.put(segment, out.array());
    }

    static int leafLength(byte[] frame) {
        return ByteBuffer.wrap(frame).getInt();
    }

    /** Makes the checksum right again. */
    static byte[] mended(byte[] frame) {
        CRC32C crc = new CRC32C();
        crc.update(frame, 0, 8);
        crc.update(frame, SegmentFormat.FRAME, frame.length - SegmentFormat.FRAME);
        ByteBuffer.wrap(frame).putInt(8, (int) crc.getValue());
        return frame;
    }

    /** Another body, to which the leaf commits, in a frame that is right by itself. */
    static byte[] withBody(byte[] frame, byte[] body) {
        int leaf = leafLength(frame);
        byte[] domain = "remit/body/v1\0".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer out = ByteBuffer.allocate(SegmentFormat.FRAME + leaf + body.length);
        out.putInt(leaf).putInt(body.length).putInt(0);
        out.put(frame, SegmentFormat.FRAME, leaf - 32);
        out.put(Digest.of(domain, body).bytes()).put(body);
        return mended(out.array());
    }

    /** Writes hashes and headers anew so that they fit the frames; the tree of all. */
    Merkle refit() {
        Merkle tree = new Merkle();
        List<Digest> hashes = new ArrayList<>();
        for (String segment : segments()) {
            List<byte[]> frames = frames(segment);
            byte[] bytes = file(segment);
            System.arraycopy(SegmentFormat.header(tree), 0, bytes, 0, SegmentFormat.HEADER);
            files.remove(segment);
            files.put(SegmentFormat.name(tree.size()), bytes);
            for (byte[] frame : frames) {
                hashes.add(Merkle.leaf(Arrays.copyOfRange(frame, 12, 12 + leafLength(frame))));
                tree.add(hashes.getLast());
            }
        }
        ByteBuffer out = ByteBuffer.allocate(hashes.size() * 32);
        hashes.forEach(hash -> out.put(hash.bytes()));
        files.put("leaves", out.array());
        return tree;
    }

    /** Signs the tree with the log's own key. */
    void sign(Merkle tree) {
        put(
                "checkpoint",
                new Checkpoint(TestStores.ORIGIN, tree.size(), tree.root())
                        .sign(TestStores.KEY.getPrivate(), TestStores.KEY.getPublic()));
    }

    @Override
    public List<String> names() {
        return List.copyOf(files.keySet());
    }

    @Override
    public long length(String name) {
        return file(name).length;
    }

    @Override
    public ByteBuffer bytes(String name, long from, int length) {
        return ByteBuffer.wrap(file(name), (int) from, length).slice();
    }
}
