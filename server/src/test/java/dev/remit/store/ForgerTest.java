package dev.remit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.ledger.Checkpoint;
import dev.remit.ledger.Cosignature;
import dev.remit.ledger.Draft;
import dev.remit.ledger.Event;
import dev.remit.ledger.NoteKey;
import dev.remit.ledger.audit.Report;
import dev.remit.ledger.audit.Verifier;
import dev.remit.mandate.Mandate;
import dev.remit.testkit.AttackCase;
import dev.remit.testkit.Sample;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A forger with full access to the folder, and at last to the log's key too, makes random edits;
 * one seed decides them all. {@code -Dremit.edits=10000} for the long form.
 */
final class ForgerTest {
    private static final int EDITS = Integer.getInteger("remit.edits", 1_000);
    private static final int SEED = Integer.getInteger("remit.seed", 7);
    private static final int EACH = 5; // every fifth is shown to the second verifier too

    @TempDir static Path folder;
    private static final KeyPair WITNESS = TestStores.key();
    private static final NoteKey WITNESS_KEY =
            NoteKey.of("witness.test/w", NoteKey.Kind.WITNESS, WITNESS.getPublic());
    private static final List<ForgedLog> STATES = new ArrayList<>(); // the newest last
    private static final List<ForgedLog> OTHERS = new ArrayList<>(); // another log's
    private static String key = "";

    private final Random random = new Random(SEED);

    /** What somebody does, and where the report must look for it: one of these words is in it. */
    private record Edit(Kind kind, ForgedLog log, List<String> where) {}

    private enum Kind {
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

    @BeforeAll
    static void writeLogs() throws IOException {
        write(folder.resolve("log"), STATES);
        key = STATES.getLast().text("key.pub").strip();
        KeyPair other = TestStores.key();
        Path data = folder.resolve("other");
        try (EmbeddedStore store =
                EmbeddedStore.open(
                        data,
                        new LogKeys(other),
                        TestStores.ORIGIN,
                        InstantSource.system(),
                        "test")) {
            VerificationTest.fill(store, 40);
        }
        OTHERS.add(ForgedLog.read(data.resolve(EmbeddedStore.LEDGER)));
        cosign(OTHERS.getLast());
    }

    /** Three states of one log, some days of entries apart, in small segments. */
    private static void write(Path data, List<ForgedLog> states) throws IOException {
        DiskFolder ledger = DiskFolder.at(data.resolve(EmbeddedStore.LEDGER));
        int entries = 0;
        for (int state = 0; state < 3; state++) {
            try (EmbeddedStore store = TestStores.open(data, ledger, 12_000)) {
                Sample sample = new Sample(store);
                Mandate mandate = sample.ready("agent-" + state);
                for (int i = 0; i < 8; i++) {
                    Event.Decided call = sample.allowed(mandate, "free", state + "-" + i);
                    store.append(at(entries++, call));
                    store.append(at(entries++, Sample.concluded(call.call())));
                    store.append(at(entries++, new Event.StrangerRefused("d", "/" + entries, 0)));
                }
            }
            states.add(ForgedLog.read(data.resolve(EmbeddedStore.LEDGER)));
            cosign(states.getLast());
        }
    }

    private static Draft at(int entries, Event event) {
        byte[] salt = ByteBuffer.allocate(16).putInt(entries).array();
        return new Draft(Sample.START.plusSeconds(60L * entries), event, salt);
    }

    private static void cosign(ForgedLog log) {
        String note = log.text("checkpoint");
        Checkpoint said = Checkpoint.said(note).orElseThrow();
        log.put("cosigned", note + cosignature(said, WITNESS_KEY, WITNESS));
    }

    private static String cosignature(Checkpoint said, NoteKey name, KeyPair witness) {
        return Cosignature.line(name, witness.getPrivate(), said, Sample.START);
    }

    private static Report verify(ForgedLog log, boolean asked) {
        Optional<String> seen =
                asked ? Optional.of(STATES.getLast().text("cosigned")) : Optional.empty();
        return Verifier.verify(
                log, Optional.of(key), new Verifier.Brought(List.of(WITNESS_KEY), seen));
    }

    @Test
    void whatNobodyTouchedIsSound() throws IOException {
        SecondVerifier.assumeThere();
        for (ForgedLog state : STATES) {
            assertThat(verify(state, false).findings()).isEmpty();
            Path copy = folder.resolve("control-" + STATES.indexOf(state));
            state.write(copy);
            assertThat(SecondVerifier.of(options(), copy)).startsWith("sound");
        }
        assertThat(verify(STATES.getLast(), true).findings()).isEmpty();
        ForgedLog longer = STATES.getLast().copy(); // more zeros, and a file that was not finished
        String newest = longer.segments().getLast();
        longer.putFrames(newest, longer.frames(newest));
        longer.put("leaves.new", "x");
        assertThat(verify(longer, true).findings()).isEmpty();
    }

    private static List<String> options() {
        return List.of("--key", key, "--witness", WITNESS_KEY.written());
    }

    @Test
    @AttackCase({"AUDIT-005", "AUDIT-006", "AUDIT-007", "AUDIT-010"})
    void everyEditIsFoundAndNamed() throws IOException {
        Map<Kind, Integer> tried = new EnumMap<>(Kind.class);
        Map<Path, Boolean> second = new TreeMap<>();
        for (int i = 0; i < EDITS; i++) {
            Edit edit = edit(Kind.values()[i % Kind.values().length]);
            while (edit.log().sameAs(STATES.getLast())) {
                edit = edit(edit.kind());
            }
            Report report = verify(edit.log(), true);
            String said = report.findings().stream().map(one -> one.said() + "\n").toList() + "";
            boolean remarked = report.isSound() && isBehindTheLog(report);
            assertThat(report.isSound() && !remarked)
                    .as("edit %d, %s, was not found", i, edit.kind())
                    .isFalse();
            assertThat(remarked || edit.where().stream().anyMatch(said::contains))
                    .as("edit %d, %s: one of %s is in %s", i, edit.kind(), edit.where(), said)
                    .isTrue();
            tried.merge(edit.kind(), 1, Integer::sum);
            if (i % EACH == i / Kind.values().length % EACH) {
                Path copy = folder.resolve("edit-" + i + "-" + edit.kind());
                edit.log().write(copy);
                second.put(copy, verify(edit.log(), false).isSound());
            }
        }
        assertThat(tried.keySet()).hasSize(Kind.values().length);
        SecondVerifier.assumeThere();
        Map<Path, String> says = SecondVerifier.of(options(), List.copyOf(second.keySet()));
        second.forEach(
                (path, sound) ->
                        assertThat(says.getOrDefault(path, "").startsWith("sound"))
                                .as("%s: %s", path.getFileName(), says.get(path))
                                .isEqualTo(sound));
    }

    /**
     * What stands behind the last entry that was signed, and might be a running log's, is named.
     */
    private static boolean isBehindTheLog(Report report) {
        return report.remarks().stream()
                .anyMatch(
                        one -> one.contains("unfinished write") || one.contains("not signed yet"));
    }

    private Edit edit(Kind kind) {
        ForgedLog log = STATES.getLast().copy();
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
                ForgedLog older = STATES.get(random.nextInt(2));
                while (file.equals("cosigned")) { // as if the witness had not answered since
                    file = one(log.names());
                }
                where = new ArrayList<>(places(file));
                log.files.put(file, older.files.getOrDefault(file, new byte[0]));
                where.add("checkpoint");
            }
            case ANOTHER_LOG -> {
                ForgedLog other = OTHERS.getFirst();
                if (random.nextBoolean()) {
                    log.files.clear();
                    log.files.putAll(other.copy().files);
                    where = List.of("trusted");
                } else {
                    String name = one(List.copyOf(other.files.keySet()));
                    log.files.put(name, other.file(name));
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
                ForgedLog older = STATES.get(random.nextInt(2)).copy();
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
    private static List<String> places(String file) {
        ForgedLog log = STATES.getLast();
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
            case 0 -> log.put("checkpoint", STATES.get(random.nextInt(2)).text("checkpoint"));
            case 1 -> log.put("checkpoint", said.sign(thief.getPrivate(), thief.getPublic()));
            case 2 -> {
                Checkpoint other = new Checkpoint("other/log", said.size(), said.root());
                log.put("checkpoint", other.sign(own.getPrivate(), own.getPublic()));
            }
            case 3 -> {
                String lines = log.text("checkpoint").replaceFirst("\n[0-9]+\n", "\n7\n");
                log.put("checkpoint", lines);
            }
            default -> log.put("checkpoint", OTHERS.getFirst().text("checkpoint"));
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
                ForgedLog old = STATES.getFirst();
                Checkpoint before = Checkpoint.said(old.text("checkpoint")).orElseThrow();
                String line = cosignature(before, WITNESS_KEY, WITNESS);
                log.put("cosigned", log.text("checkpoint") + line);
            }
        }
    }
}
