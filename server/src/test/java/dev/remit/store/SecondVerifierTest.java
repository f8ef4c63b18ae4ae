package dev.remit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.identity.Jwk;
import dev.remit.identity.KeyUse;
import dev.remit.ledger.Checkpoint;
import dev.remit.ledger.Endorsement;
import dev.remit.ledger.Event;
import dev.remit.ledger.Merkle;
import dev.remit.ledger.audit.Report;
import dev.remit.testkit.AttackCase;
import dev.remit.testkit.Sample;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two verifiers in two languages say the same of a folder, sound or not. */
final class SecondVerifierTest {
    private static final int ENTRIES = 40;

    @TempDir static Path folder;
    private static Path log = Path.of("");
    private final List<Path> copies = new ArrayList<>();

    @BeforeAll
    static void writeALog() {
        Path data = folder.resolve("data");
        try (EmbeddedStore store = TestStores.open(data)) {
            VerificationTest.fill(store, ENTRIES - 1);
        }
        log = data.resolve(EmbeddedStore.LEDGER);
    }

    @BeforeEach
    void needsNode() {
        SecondVerifier.assumeThere();
    }

    /** Something that somebody does to a copy. */
    private interface Act {
        void on(TamperedLog copy) throws IOException;
    }

    private void copy(String name, Act act) throws IOException {
        TamperedLog copy = new TamperedLog(folder.resolve(name), log);
        copies.add(copy.folder);
        act.on(copy);
    }

    private Map<Path, String> asTheFirst() {
        Map<Path, String> said = SecondVerifier.of(List.of(), copies);
        for (Path path : copies) {
            Report report = Verification.of(path, Optional.empty());
            assertThat(said.getOrDefault(path, "").startsWith("sound"))
                    .as("%s: %s, and %s", path.getFileName(), said.get(path), report.findings())
                    .isEqualTo(report.isSound());
        }
        return said;
    }

    @Test
    void ofSoundLogsBothSayThatTheyAreSound() throws IOException {
        copy("as it is", _ -> {});
        copy("unfinished file", copy -> Files.writeString(copy.folder.resolve("leaves.new"), "x"));
        copy(
                "torn write",
                copy -> {
                    byte[] frame = copy.frames.get(3);
                    ByteBuffer torn = ByteBuffer.allocate(frame.length);
                    torn.put(frame, 0, frame.length / 2);
                    copy.frames.add(torn.array());
                    copy.write();
                });
        copies.add(rotated());
        copies.add(segments());
        assertThat(asTheFirst().values()).allMatch(one -> one.startsWith("sound"));
    }

    @Test
    @AttackCase({"AUDIT-005", "AUDIT-006", "AUDIT-012"})
    void ofBrokenLogsBothSayThatTheyAreNot() throws IOException {
        byte[] note = Files.readAllBytes(log.resolve("checkpoint"));
        for (int entry = 0; entry < ENTRIES; entry += 3) {
            int at = entry;
            copy("changed " + entry, copy -> change(copy, at, 12 + 20));
            copy("body " + entry, copy -> change(copy, at, copy.frames.get(at).length - 3));
            copy("mended " + entry, copy -> mended(copy, at, 12 + 20));
            copy("other body " + entry, copy -> mended(copy, at, copy.frames.get(at).length - 3));
            copy(
                    "removed " + entry,
                    copy -> {
                        copy.frames.remove(at);
                        copy.write();
                    });
            copy(
                    "cut " + entry,
                    copy -> {
                        copy.frames.subList(at, ENTRIES).clear();
                        copy.write();
                    });
            copy(
                    "swapped " + entry,
                    copy -> {
                        Collections.swap(copy.frames, at, (at + 7) % ENTRIES);
                        copy.write();
                    });
            copy(
                    "lengths " + entry,
                    copy -> {
                        copy.frames.get(at)[1] ^= 1;
                        copy.write();
                    });
        }
        copy("rewritten", copy -> change(copy, 5, 12 + 20).writeLeaves());
        copy("old", copy -> write(copy, "checkpoint", signed(TestStores.ORIGIN, TestStores.KEY)));
        copy("thief", copy -> write(copy, "checkpoint", signed(TestStores.ORIGIN, other())));
        copy("other", copy -> write(copy, "checkpoint", signed("other/log", TestStores.KEY)));
        copy(
                "stray file",
                copy -> write(copy, "notes.txt", "hello".getBytes(StandardCharsets.UTF_8)));
        copy("no leaves", copy -> Files.delete(copy.folder.resolve("leaves")));
        copy("no key", copy -> Files.delete(copy.folder.resolve("key.pub")));
        copy("no checkpoint", copy -> Files.delete(copy.folder.resolve("checkpoint")));
        copy("more", copy -> append(copy, "checkpoint", note));
        copy("longer", copy -> append(copy, "leaves", new byte[32]));
        copy("behind", copy -> append(copy, copy.segment().getFileName().toString(), note));
        Map<Path, String> said = asTheFirst();
        assertThat(said.get(folder.resolve("changed 9"))).contains("checksum of entry 9");
        said.remove(folder.resolve("old")); // it may lag behind a log that was just opened
        assertThat(said.values()).allMatch(one -> one.startsWith("WRONG"));
    }

    @Test
    void aKeyThatIsTrustedIsHeldToByBoth() throws IOException {
        String right = Files.readString(log.resolve("key.pub")).strip();
        String wrong = Checkpoint.verifierKey(TestStores.ORIGIN, other().getPublic());
        assertThat(SecondVerifier.of(List.of("--key", right), log)).startsWith("sound");
        assertThat(SecondVerifier.of(List.of("--key", wrong), log)).startsWith("WRONG");
    }

    /** A log whose key was replaced. */
    private static Path rotated() {
        Path data = folder.resolve("rotated");
        KeyPair first = other();
        KeyPair second = other();
        LogKeys keys = new LogKeys(first);
        Jwk next = Jwk.of(second.getPublic());
        try (EmbeddedStore store =
                EmbeddedStore.open(data, keys, "remit.test/r", InstantSource.system(), "test")) {
            Sample sample = new Sample(store);
            sample.append(introduced(1, Jwk.of(first.getPublic()), Optional.empty()));
            keys.hold(second);
            String said = Endorsement.sign(first.getPrivate(), 2, next);
            sample.append(introduced(2, next, Optional.of(said)));
        }
        return data.resolve(EmbeddedStore.LEDGER);
    }

    private static Event introduced(long number, Jwk key, Optional<String> endorsement) {
        return new Event.KeyIntroduced(KeyUse.LOG, number, key, false, endorsement, "x");
    }

    /** A log of many segments. */
    private static Path segments() throws IOException {
        Path data = folder.resolve("segments");
        DiskFolder ledger = DiskFolder.at(data.resolve(EmbeddedStore.LEDGER));
        try (EmbeddedStore store = TestStores.open(data, ledger, 8_192)) {
            VerificationTest.fill(store, 90);
        }
        assertThat(ledger.names()).hasSizeGreaterThan(4);
        return data.resolve(EmbeddedStore.LEDGER);
    }

    private static KeyPair other() {
        return TestStores.key();
    }

    private static TamperedLog change(TamperedLog copy, int entry, int at) throws IOException {
        copy.frames.get(entry)[at] ^= 1;
        return copy.write();
    }

    /** As somebody with tools would. */
    private static void mended(TamperedLog copy, int entry, int at) throws IOException {
        copy.frames.get(entry)[at] ^= 1;
        TamperedLog.mend(copy.frames.get(entry));
        copy.write();
    }

    private static byte[] signed(String origin, KeyPair key) {
        return new Checkpoint(origin, 0, new Merkle().root())
                .sign(key.getPrivate(), key.getPublic())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void write(TamperedLog copy, String name, byte[] bytes) throws IOException {
        Files.write(copy.folder.resolve(name), bytes);
    }

    private static void append(TamperedLog copy, String name, byte[] bytes) throws IOException {
        Files.write(copy.folder.resolve(name), bytes, StandardOpenOption.APPEND);
    }
}
