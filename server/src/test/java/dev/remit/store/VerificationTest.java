package dev.remit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.ledger.Checkpoint;
import dev.remit.ledger.Event;
import dev.remit.ledger.Merkle;
import dev.remit.ledger.audit.Finding;
import dev.remit.ledger.audit.Report;
import dev.remit.testkit.AttackCase;
import dev.remit.testkit.Sample;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VerificationTest {
    private static final int ENTRIES = 40;

    @TempDir static Path folder;
    private static Path log = Path.of("");
    private int copies;

    @BeforeAll
    static void writeALog() {
        Path data = folder.resolve("data");
        try (EmbeddedStore store = TestStores.open(data)) {
            fill(store, ENTRIES - 1); // one more says that the log was opened
        }
        log = data.resolve(EmbeddedStore.LEDGER);
    }

    static void fill(EmbeddedStore store, int entries) {
        Sample sample = new Sample(store);
        for (int i = 0; i < entries; i++) {
            sample.append(new Event.StrangerRefused("d", "/" + "x".repeat(i % 7) + i, i));
        }
    }

    private TamperedLog copy() throws IOException {
        return new TamperedLog(
                folder.resolve("copy-" + getClass().hashCode() + hashCode() + copies++), log);
    }

    private static Report verify(TamperedLog copy) {
        return Verification.of(copy.folder, Optional.empty());
    }

    private static void finds(TamperedLog copy, Finding... findings) {
        assertThat(verify(copy).findings()).containsExactly(findings);
    }

    @Test
    void aSoundLogPasses() throws IOException {
        Report report = verify(copy());
        assertThat(report.findings()).isEmpty();
        assertThat(report.remarks()).isEmpty();
        assertThat(report.entries()).isEqualTo(ENTRIES);
        assertThat(report.covered()).isEqualTo(ENTRIES);
        assertThat(report.origin()).isEqualTo(TestStores.ORIGIN);
    }

    @Test
    @AttackCase("AUDIT-005")
    void everyChangedEntryIsNamed() throws IOException {
        for (int i = 0; i < ENTRIES; i++) {
            TamperedLog copy = copy();
            copy.frames.get(i)[12 + 20] ^= 1; // in its time
            finds(copy.write(), new Finding.EntryChanged(i));
            TamperedLog.mend(copy.frames.get(i));
            finds(copy.write(), new Finding.EntryChanged(i));
        }
    }

    @Test
    void everyChangedBodyIsNamed() throws IOException {
        for (int i = 0; i < ENTRIES; i++) {
            TamperedLog copy = copy();
            byte[] frame = copy.frames.get(i);
            frame[frame.length - 3] ^= 1;
            finds(copy.write(), new Finding.BodyChanged(i));
            TamperedLog.mend(frame);
            finds(copy.write(), new Finding.BodyChanged(i));
        }
    }

    @Test
    void aMissingBodyIsNamed() throws IOException {
        TamperedLog copy = copy();
        byte[] frame = copy.frames.get(7);
        byte[] bare = Arrays.copyOf(frame, 12 + TamperedLog.leafLength(frame));
        ByteBuffer.wrap(bare).putInt(4, 0);
        TamperedLog.mend(bare);
        copy.frames.set(7, bare);
        finds(copy.write(), new Finding.BodyMissing(7));
    }

    @Test
    @AttackCase("AUDIT-005")
    void everyRemovedEntryIsNamed() throws IOException {
        for (int i = 0; i < ENTRIES - 1; i++) {
            TamperedLog copy = copy();
            copy.frames.remove(i);
            finds(copy.write(), new Finding.EntryRemoved(i));
        }
    }

    @Test
    void removedEntriesInARowAreNamed() throws IOException {
        TamperedLog copy = copy();
        copy.frames.subList(10, 20).clear();
        finds(copy.write(), new Finding.EntriesRemoved(10, 19));
    }

    @Test
    @AttackCase("AUDIT-006")
    void aCutLogIsNamedWithWhatIsMissing() throws IOException {
        for (int i = 0; i < ENTRIES; i++) {
            TamperedLog copy = copy();
            copy.frames.subList(i, ENTRIES).clear();
            finds(copy.write(), new Finding.EntriesMissing(i, ENTRIES));
        }
    }

    @Test
    @AttackCase("AUDIT-006")
    void aLogCutWithItsHashesIsNamed() throws IOException {
        TamperedLog copy = copy();
        copy.frames.subList(30, ENTRIES).clear();
        finds(
                copy.write().writeLeaves(),
                new Finding.LeavesLength(30 * 32, ENTRIES * 32),
                new Finding.EntriesMissing(30, ENTRIES));
    }

    @Test
    @AttackCase("AUDIT-005")
    void anyTwoExchangedEntriesAreNamed() throws IOException {
        for (int i = 0; i < ENTRIES; i += 3) {
            for (int j = i + 1; j < ENTRIES; j += 5) {
                TamperedLog copy = copy();
                Collections.swap(copy.frames, i, j);
                finds(copy.write(), new Finding.EntriesExchanged(i, j));
            }
        }
    }

    @Test
    void aMovedEntryIsNamed() throws IOException {
        TamperedLog copy = copy();
        copy.frames.add(20, copy.frames.remove(10));
        finds(copy.write(), new Finding.EntryMoved(10, 21));
    }

    @Test
    void anInsertedEntryIsNamed() throws IOException {
        for (int i = 0; i < ENTRIES; i++) {
            TamperedLog copy = copy();
            byte[] other = copy.frames.get(3).clone();
            other[12 + 20] ^= 1;
            TamperedLog.mend(other);
            copy.frames.add(i, other);
            assertThat(verify(copy.write()).findings()).contains(new Finding.EntryInserted(i));
        }
    }

    @Test
    void aRewrittenLogIsToldByItsRoot() throws IOException {
        TamperedLog copy = copy();
        copy.frames.get(5)[12 + 20] ^= 1;
        TamperedLog.mend(copy.frames.get(5));
        finds(copy.write().writeLeaves(), new Finding.RootDiffers(ENTRIES));
    }

    @Test
    void aChangedHashIsNamed() throws IOException {
        TamperedLog copy = copy();
        byte[] leaves = Files.readAllBytes(copy.folder.resolve("leaves"));
        leaves[32 * 9 + 4] ^= 1;
        Files.write(copy.folder.resolve("leaves"), leaves);
        finds(copy, new Finding.LeafChanged(9));
    }

    @Test
    void aFrameWithWrongLengthsIsNamedWithItsPlace() throws IOException {
        TamperedLog copy = copy();
        int offset = 4096 + copy.frames.get(0).length + copy.frames.get(1).length;
        copy.frames.get(2)[1] ^= 1;
        finds(
                copy.write(),
                new Finding.FrameUnreadable(copy.segment().getFileName().toString(), offset, 2));
    }

    @Test
    @AttackCase("AUDIT-010")
    void aCheckpointOfAnotherKeyIsNamed() throws IOException {
        TamperedLog copy = copy();
        var other = TestStores.key();
        String note =
                new Checkpoint(TestStores.ORIGIN, 0, new Merkle().root())
                        .sign(other.getPrivate(), other.getPublic());
        Files.writeString(copy.folder.resolve("checkpoint"), note);
        finds(copy, new Finding.CheckpointUnsigned());
    }

    @Test
    @AttackCase("AUDIT-010")
    void aCheckpointOfAnotherLogIsNamed() throws IOException {
        TamperedLog copy = copy();
        String note =
                new Checkpoint("other/log", 0, new Merkle().root())
                        .sign(TestStores.KEY.getPrivate(), TestStores.KEY.getPublic());
        Files.writeString(copy.folder.resolve("checkpoint"), note);
        finds(copy, new Finding.CheckpointOfAnotherLog("other/log", TestStores.ORIGIN));
    }

    @Test
    void aCheckpointFromBeforeTheLastStartIsNamed() throws IOException {
        TamperedLog copy = copy();
        String note =
                new Checkpoint(TestStores.ORIGIN, 0, new Merkle().root())
                        .sign(TestStores.KEY.getPrivate(), TestStores.KEY.getPublic());
        Files.writeString(copy.folder.resolve("checkpoint"), note);
        assertThat(verify(copy).findings()).isEmpty(); // just opened: it may lag that much
        Path data = folder.resolve("twice");
        Path file = data.resolve("ledger/checkpoint");
        String old;
        try (EmbeddedStore store = TestStores.open(data)) {
            fill(store, 5);
        }
        old = Files.readString(file);
        try (EmbeddedStore store = TestStores.open(data)) {
            fill(store, 5);
        }
        Files.writeString(file, old);
        assertThat(Verification.of(data, Optional.empty()).isSound()).isTrue();
        try (EmbeddedStore store = TestStores.open(data)) {
            fill(store, 5);
        }
        Files.writeString(file, old);
        assertThat(Verification.of(data, Optional.empty()).findings())
                .hasExactlyElementsOfTypes(Finding.CheckpointOld.class);
    }

    @Test
    @AttackCase("AUDIT-010")
    void aSwappedKeyIsNamedToWhoKnowsTheRightOne() throws IOException {
        TamperedLog copy = copy();
        String right = Files.readString(copy.folder.resolve("key.pub"));
        var other = TestStores.key();
        Files.writeString(
                copy.folder.resolve("key.pub"),
                Checkpoint.verifierKey(TestStores.ORIGIN, other.getPublic()) + "\n");
        finds(copy, new Finding.CheckpointUnsigned());
        assertThat(Verification.of(copy.folder, Optional.of(right)).findings())
                .containsExactly(new Finding.KeyWrong("not the one that was named as trusted"));
    }

    @Test
    void aForeignFileIsNamed() throws IOException {
        TamperedLog copy = copy();
        Files.writeString(copy.folder.resolve("notes.txt"), "hello");
        finds(copy, new Finding.StrayFile("notes.txt"));
    }

    @Test
    void noByteOfAnyFileCanBeChangedUnnoticed() throws IOException {
        TamperedLog copy = copy();
        long end = 4096 + copy.frames.stream().mapToLong(frame -> frame.length).sum();
        for (String name : List.of("checkpoint", "key.pub", "leaves", "segment")) {
            Path file = name.equals("segment") ? copy.segment() : copy.folder.resolve(name);
            byte[] bytes = Files.readAllBytes(file);
            long limit = name.equals("segment") ? end + 300 : bytes.length;
            for (int i = 0; i < limit; i += name.equals("segment") ? 11 : 1) {
                bytes[i] ^= 1;
                Files.write(file, bytes);
                bytes[i] ^= 1;
                assertThat(verify(copy).findings()).as("%s, byte %d", name, i).isNotEmpty();
            }
            Files.write(file, bytes);
        }
        assertThat(verify(copy).findings()).isEmpty();
    }
}
