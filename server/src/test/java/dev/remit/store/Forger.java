package dev.remit.store;

import dev.remit.ledger.Checkpoint;
import dev.remit.ledger.Cosignature;
import dev.remit.ledger.NoteKey;
import dev.remit.testkit.Sample;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Makes random edits to the newest of a log's states, of every kind; one seed decides them all. */
final class Forger {
    static final KeyPair WITNESS = TestStores.key();
    static final NoteKey WITNESS_KEY =
            NoteKey.of("witness.test/w", NoteKey.Kind.WITNESS, WITNESS.getPublic());

    private final Random random;
    private final List<ForgedLog> states;
    private final ForgedLog other;

    /**
     * @param states of one log, the newest last
     * @param other another log of the same name
     */
    Forger(Random random, List<ForgedLog> states, ForgedLog other) {
        this.random = random;
        this.states = List.copyOf(states);
        this.other = other;
    }

    /** What somebody does, and where the report must look for it: one of these words is in it. */
    record Edit(Kind kind, ForgedLog log, List<String> where) {}

    enum Kind {
        BYTE,
        STRETCH,
        CUT,
        LONGER,
        FILE_GONE,
        FILE_MORE,
        FILES_SWAPPED,
        ENTRY_CHANGED,
        BODY_CHANGED,
        ENTRY_GONE,
        ENTRY_TWICE,
        ENTRIES_SWAPPED,
        ENTRY_MOVED,
        REWRITTEN,
        CHECKPOINT_REPLACED,
        COSIGNATURE_REPLACED,
        OLDER_FILES,
        ANOTHER_LOG,
        SIGNED_ANEW,
        OLDER_STATE
    }

    static String cosignature(Checkpoint said, NoteKey name, KeyPair witness) {
        return Cosignature.line(name, witness.getPrivate(), said, Sample.START);
    }

    Edit edit(Kind kind) {
        ForgedLog log = states.getLast().copy();
        String file = one(log.names());
        String segment = one(log.segments());
        List<byte[]> frames = log.frames(segment);
        int at = random.nextInt(frames.size());
        List<String> where = new ArrayList<>(places(file));
        List<String> entries = new ArrayList<>(places(segment));
        switch (kind) {
            case BYTE -> {
                byte[] bytes = log.file(file);
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
            }
            case STRETCH -> {
                byte[] bytes = log.file(file);
                int from = random.nextInt(bytes.length);
                byte[] noise = new byte[Math.min(1 + random.nextInt(200), bytes.length - from)];
                random.nextBytes(noise);
                System.arraycopy(noise, 0, bytes, from, noise.length);
            }
            case CUT -> {
                byte[] bytes = log.file(file);
                int zeros = log.segments().contains(file) ? 301 : 1; // zeros may be cut
                log.files.put(file, Arrays.copyOf(bytes, random.nextInt(bytes.length - zeros)));
            }
            case LONGER -> {
                byte[] noise = new byte[1 + random.nextInt(100)];
                random.nextBytes(noise);
                noise[0] |= 1;
                byte[] bytes = log.file(file);
                ByteBuffer longer = ByteBuffer.allocate(bytes.length + noise.length);
                log.files.put(file, longer.put(bytes).put(noise).array());
            }
            case FILE_GONE -> log.files.remove(file);
            case FILE_MORE -> {
                String name = one(List.of("notes", "00.seg", "leaves2", "key", ".hidden"));
                log.put(name, "hello");
                where.add(name);
            }
            case FILES_SWAPPED -> {
                String other = one(log.names());
                byte[] bytes = log.file(file);
                log.files.put(file, log.file(other));
                log.files.put(other, bytes);
                where.addAll(places(other));
                where.addAll(List.of("key", "checkpoint"));
            }
            case ENTRY_CHANGED -> {
                byte[] frame = frames.get(at);
                frame[12 + 15 + random.nextInt(ForgedLog.leafLength(frame) - 15)] ^= 1;
                log.putFrames(segment, mendedSometimes(frames, at));
                where = entries;
            }
            case BODY_CHANGED -> {
                byte[] frame = frames.get(at);
                int leaf = ForgedLog.leafLength(frame);
                frame[12 + leaf + random.nextInt(frame.length - 12 - leaf)] ^= 1;
                log.putFrames(segment, mendedSometimes(frames, at));
                where = entries;
            }
            case ENTRY_GONE -> {
                frames.remove(at);
                log.putFrames(segment, frames);
                where = entries;
            }
            case ENTRY_TWICE -> {
                frames.add(random.nextInt(frames.size() + 1), frames.get(at).clone());
                log.putFrames(segment, frames);
                where = entries;
            }
            case ENTRIES_SWAPPED -> {
                Collections.swap(frames, at, random.nextInt(frames.size()));
                log.putFrames(segment, frames);
                where = entries;
            }
            case ENTRY_MOVED -> {
                byte[] frame = frames.remove(at);
                log.putFrames(segment, frames);
                String to = one(log.segments());
                List<byte[]> there = log.frames(to);
                there.add(random.nextInt(there.size() + 1), frame);
                log.putFrames(to, there);
                where = entries;
                where.addAll(places(to));
            }
            case REWRITTEN -> {
                rewrite(log, segment, frames, at);
                log.refit();
                where = List.of("root", "rewritten", "missing");
            }
            case CHECKPOINT_REPLACED -> {
                replaceCheckpoint(log);
                where = List.of("checkpoint");
            }
            case COSIGNATURE_REPLACED -> {
                replaceCosignature(log);
                where = List.of("cosign");
            }
            case OLDER_FILES -> {
                ForgedLog older = states.get(random.nextInt(2));
                while (file.equals("cosigned")) { // as if the witness had not answered since
                    file = one(log.names());
                }
                where = new ArrayList<>(places(file));
                log.files.put(file, older.files.getOrDefault(file, new byte[0]));
                where.add("checkpoint");
            }
            case ANOTHER_LOG -> {
                ForgedLog another = other;
                if (random.nextBoolean()) {
                    log.files.clear();
                    log.files.putAll(another.copy().files);
                    where = List.of("trusted");
                } else {
                    String name = one(List.copyOf(another.files.keySet()));
                    log.files.put(name, another.file(name));
                    where = new ArrayList<>(places(name));
                    where.addAll(List.of("key", "checkpoint"));
                }
            }
            case SIGNED_ANEW -> {
                rewrite(log, segment, frames, at);
                log.sign(log.refit());
                where = List.of("rewritten", "older state");
            }
            case OLDER_STATE -> {
                ForgedLog older = states.get(random.nextInt(2)).copy();
                log.files.clear();
                log.files.putAll(older.files);
                where = List.of("older state");
            }
        }
        return new Edit(kind, log, where);
    }

    private <T> T one(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    /** The words by which a report may name a place in this file. */
    private List<String> places(String file) {
        ForgedLog log = states.getLast();
        List<String> words = new ArrayList<>(List.of(file));
        switch (file) {
            case "leaves" -> words.add("hash for entry");
            case "checkpoint", "cosigned" -> words.addAll(List.of("checkpoint", "cosign"));
            case "key.pub" -> words.add("key");
            default -> {
                long from = ForgedLog.first(file);
                long to = from + log.frames(file).size();
                for (long entry = Math.max(0, from - 1); entry <= to; entry++) {
                    words.addAll(List.of("entry " + entry + " ", "entry " + entry + "\n"));
                    words.addAll(List.of("from " + entry + " ", "entries " + entry + " "));
                    words.addAll(List.of("entry " + entry + ",", "and " + entry + " "));
                }
            }
        }
        return words;
    }

    private List<byte[]> mendedSometimes(List<byte[]> frames, int at) {
        if (random.nextBoolean()) {
            ForgedLog.mended(frames.get(at));
        }
        return frames;
    }

    /** Any act on one entry, done so that its frame is right by itself. */
    private void rewrite(ForgedLog log, String segment, List<byte[]> frames, int at) {
        switch (random.nextInt(4)) {
            case 0 -> frames.remove(at);
            case 1 -> frames.addFirst(frames.get(at).clone());
            case 2 -> Collections.swap(frames, at, at == 0 ? frames.size() - 1 : 0);
            default -> {
                byte[] salt = new byte[16];
                random.nextBytes(salt);
                byte[] body =
                        (new String(salt, StandardCharsets.ISO_8859_1) + "{}")
                                .getBytes(StandardCharsets.ISO_8859_1);
                frames.set(at, ForgedLog.withBody(frames.get(at), body));
            }
        }
        log.putFrames(segment, frames);
    }

    private void replaceCheckpoint(ForgedLog log) {
        Checkpoint said = Checkpoint.said(log.text("checkpoint")).orElseThrow();
        KeyPair thief = TestStores.key();
        KeyPair own = TestStores.KEY;
        switch (random.nextInt(5)) {
            case 0 -> log.put("checkpoint", states.get(random.nextInt(2)).text("checkpoint"));
            case 1 -> log.put("checkpoint", said.sign(thief.getPrivate(), thief.getPublic()));
            case 2 -> {
                Checkpoint other = new Checkpoint("other/log", said.size(), said.root());
                log.put("checkpoint", other.sign(own.getPrivate(), own.getPublic()));
            }
            case 3 -> {
                String lines = log.text("checkpoint").replaceFirst("\n[0-9]+\n", "\n7\n");
                log.put("checkpoint", lines);
            }
            default -> log.put("checkpoint", other.text("checkpoint"));
        }
    }

    private void replaceCosignature(ForgedLog log) {
        Checkpoint said = Checkpoint.said(log.text("checkpoint")).orElseThrow();
        KeyPair thief = TestStores.key();
        switch (random.nextInt(4)) {
            case 0 -> log.put("cosigned", log.text("checkpoint"));
            case 1 ->
                    log.put(
                            "cosigned",
                            log.text("checkpoint") + cosignature(said, WITNESS_KEY, thief));
            case 2 -> {
                NoteKey other = NoteKey.of("other.test/w", NoteKey.Kind.WITNESS, thief.getPublic());
                log.put("cosigned", log.text("checkpoint") + cosignature(said, other, thief));
            }
            default -> {
                ForgedLog old = states.getFirst();
                Checkpoint before = Checkpoint.said(old.text("checkpoint")).orElseThrow();
                String line = cosignature(before, WITNESS_KEY, WITNESS);
                log.put("cosigned", log.text("checkpoint") + line);
            }
        }
    }
}
