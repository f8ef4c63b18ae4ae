package dev.remit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.call.CallId;
import dev.remit.identity.AgentQuery;
import dev.remit.identity.InstanceQuery;
import dev.remit.ledger.Entry;
import dev.remit.ledger.Event;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.ledger.SegmentFormat;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Sheet;
import dev.remit.mandate.Usage;
import dev.remit.testkit.AttackCase;
import dev.remit.testkit.Sample;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store says after it was closed, killed, copied or damaged. */
final class RestartTest {
    @TempDir Path folder;

    private static final int ANSWERED = 2; // before the restart, under the first mandate

    private Path data = Path.of("");

    @BeforeEach
    void nameTheFolder() {
        data = folder.resolve("data");
    }

    /** Everything the books say. */
    private static List<Object> said(EmbeddedStore store) {
        return List.of(
                store.agents(AgentQuery.ALL, "", 99).items(),
                store.instances(InstanceQuery.ALL, "", 99).items(),
                store.list(100).stream().map(RestartTest::atRest).toList(),
                store.agents(AgentQuery.ALL, "", 99).items().stream()
                        .map(agent -> store.current(agent.id()).map(RestartTest::atRest))
                        .toList(),
                store.pins("up"),
                store.code(new Sample(store).code("a", "open").hash()));
    }

    /**
     * As it is when its calls have ended, which a restart sees to; with the answers from before.
     */
    private static Sheet atRest(Sheet sheet) {
        Usage usage = sheet.usage();
        while (usage.open() > 0) {
            usage = usage.ended();
        }
        List<Usage.Answer> before = usage.answers().stream().limit(ANSWERED).toList();
        return new Sheet(
                sheet.mandate(),
                new Usage(
                        usage.calls(),
                        usage.byPermission(),
                        usage.strikes(),
                        usage.lastAllowedAt(),
                        usage.recent(),
                        usage.open(),
                        usage.spent(),
                        usage.history(),
                        usage.unanswered(),
                        usage.asked(),
                        usage.declined(),
                        before));
    }

    private static void live(EmbeddedStore store) {
        Sample sample = new Sample(store);
        Mandate mandate = sample.ready("a");
        sample.append(sample.allowed(mandate, "few", "1"));
        sample.append(Sample.concluded(new CallId("call_1")));
        sample.append(sample.refused(mandate, 1, "2"));
        Event.Decided round = sample.allowed(mandate, "free", "5");
        sample.append(round);
        sample.append(sample.asked(mandate, round, "free", 1)); // waits for its answer
        sample.append(sample.allowed(mandate, "free", "3")); // stays open
        sample.append(new Event.MandateGiven(sample.mandate("a", "second")));
        sample.append(new Event.CodeIssued(sample.code("a", "open"), "x"));
        sample.append(new Event.ToolPinned(sample.held("up.other"), "x"));
        Mandate changed = mandate.with(mandate.permissions(), Sample.limits(20));
        sample.append(new Event.MandateChanged(changed, "x"));
        sample.append(sample.allowed(changed, "few", "4")); // stays open
    }

    @Test
    @AttackCase("CONFIG-011")
    void theBooksAreTheSameAfterARestartAndWhenMadeAnew() throws Exception {
        List<Object> before;
        try (EmbeddedStore store = TestStores.open(data)) {
            live(store);
            before = said(store);
        }
        try (EmbeddedStore store = TestStores.open(data)) {
            assertThat(said(store)).isEqualTo(before);
        }
        Files.delete(data.resolve(BooksFile.NAME));
        try (EmbeddedStore store = TestStores.open(data)) {
            assertThat(said(store)).isEqualTo(before);
        }
        try (var books = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("books.db"));
                var statement = books.createStatement()) {
            statement.execute("update meta set value = '0' where name = 'version'");
            statement.execute("drop table agents");
        }
        try (EmbeddedStore store = TestStores.open(data)) {
            assertThat(said(store)).isEqualTo(before);
        }
    }

    @Test
    @AttackCase("GRANT-004")
    void callsLeftOpenEndAsUnknownAtTheNextStart() {
        try (EmbeddedStore store = TestStores.open(data)) {
            live(store);
        }
        try (EmbeddedStore store = TestStores.open(data)) {
            assertThat(store.openCalls()).isEmpty();
            for (String call : List.of("call_3", "call_4")) {
                List<Entry> entries = store.entries(new CallId(call));
                assertThat(entries).hasSize(2);
                assertThat(entries.getLast().event())
                        .isInstanceOfSatisfying(
                                Event.Concluded.class,
                                end -> assertThat(end.end()).isEqualTo(Event.End.UNKNOWN));
            }
            assertThat(store.entries(new CallId("call_1"))).hasSize(2);
            assertThat(store.entries(new CallId("call_2"))).hasSize(1);
            assertThat(store.entries(new CallId("call_9"))).isEmpty();
        }
    }

    @Test
    void aSecondStoreOnTheSameFolderIsRefused() {
        try (EmbeddedStore _ = TestStores.open(data)) {
            assertThatThrownBy(() -> TestStores.open(data))
                    .isInstanceOf(LedgerUnavailable.class)
                    .hasMessageContaining("another Remit works in");
        }
        TestStores.open(data).close();
    }

    @Test
    void onlyTheOwnerCanReadTheFolder() throws IOException {
        TestStores.open(data).close();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as("%s", file)
                        .endsWith("------");
            }
        }
    }

    @Test
    void anUnfinishedWriteIsWiped() throws IOException {
        try (EmbeddedStore store = TestStores.open(data)) {
            VerificationTest.fill(store, 10);
        }
        Path segment = segment();
        long end = end(segment);
        try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
            file.seek(end);
            file.write(new byte[] {0, 0, 0, 80, 0, 0, 0, 40, 1, 2, 3, 4, 'r', 'e', 'm'});
        }
        try (EmbeddedStore store = TestStores.open(data)) {
            assertThat(store.size()).isEqualTo(12);
        }
        assertThat(Verification.of(data, Optional.empty()).findings()).isEmpty();
    }

    @Test
    @AttackCase("AUDIT-006")
    void aLogShorterThanItsCheckpointIsRefused() throws IOException {
        try (EmbeddedStore store = TestStores.open(data)) {
            VerificationTest.fill(store, 10);
        }
        TamperedLog cut = new TamperedLog(folder.resolve("cut/ledger"), data.resolve("ledger"));
        cut.frames.removeLast();
        cut.write();
        assertRefused(folder.resolve("cut"), "the checkpoint covers 11 entries");
    }

    @Test
    void anEntryThatWasChangedIsRefused() throws IOException {
        try (EmbeddedStore store = TestStores.open(data)) {
            VerificationTest.fill(store, 10);
        }
        TamperedLog changed = new TamperedLog(folder.resolve("c/ledger"), data.resolve("ledger"));
        changed.frames.get(4)[12 + 20] ^= 1;
        TamperedLog.mend(changed.frames.get(4));
        changed.write();
        assertRefused(folder.resolve("c"), "does not have the root");
    }

    @Test
    void booksThatKnowMoreThanTheLogAreRefused() throws IOException {
        try (EmbeddedStore store = TestStores.open(data)) {
            VerificationTest.fill(store, 2);
        }
        Path old = folder.resolve("old");
        new TamperedLog(old.resolve("ledger"), data.resolve("ledger"));
        try (EmbeddedStore store = TestStores.open(data)) {
            VerificationTest.fill(store, 2);
        }
        Files.copy(data.resolve("books.db"), old.resolve("books.db"));
        assertRefused(old, "the log was cut");
    }

    @Test
    void booksOfAnotherLogAreRefused() throws IOException {
        try (EmbeddedStore store = TestStores.open(data)) {
            VerificationTest.fill(store, 2);
        }
        Path other = folder.resolve("other");
        try (EmbeddedStore store = TestStores.open(other)) {
            live(store);
        }
        Files.copy(
                data.resolve("books.db"),
                other.resolve("books.db"),
                StandardCopyOption.REPLACE_EXISTING);
        assertRefused(other, "the books were made from another log");
    }

    @Test
    void aMissingCheckpointIsRefused() throws IOException {
        TestStores.open(data).close();
        Files.delete(data.resolve("ledger/checkpoint"));
        assertRefused(data, "no `checkpoint`");
    }

    @Test
    void aLostFileOfHashesIsMadeAnew() throws IOException {
        try (EmbeddedStore store =
                TestStores.open(data, DiskFolder.at(data.resolve("ledger")), 8_000)) {
            VerificationTest.fill(store, 200);
        }
        byte[] leaves = Files.readAllBytes(data.resolve("ledger/leaves"));
        Files.delete(data.resolve("ledger/leaves"));
        try (EmbeddedStore store = TestStores.open(data)) {
            assertThat(store.size()).isEqualTo(202);
        }
        assertThat(Files.readAllBytes(data.resolve("ledger/leaves"))).startsWith(leaves);
        assertThat(Verification.of(data, Optional.empty()).findings()).isEmpty();
    }

    @Test
    void entriesAreFoundInEverySegment() throws IOException {
        try (EmbeddedStore store =
                TestStores.open(data, DiskFolder.at(data.resolve("ledger")), 8_000)) {
            VerificationTest.fill(store, 500);
            for (int i = 1; i < 500; i += 13) {
                assertThat(store.entry(i).orElseThrow().event())
                        .isInstanceOfSatisfying(
                                Event.StrangerRefused.class,
                                event -> assertThat(event.path()).startsWith("/"));
                assertThat(store.entry(i).orElseThrow().index()).isEqualTo(i);
            }
        }
        try (Stream<Path> files = Files.list(data.resolve("ledger"))) {
            assertThat(files.filter(file -> SegmentFormat.isName(file.getFileName().toString())))
                    .hasSizeGreaterThan(5);
        }
        assertThat(Verification.of(data, Optional.empty()).findings()).isEmpty();
    }

    private static void assertRefused(Path data, String why) {
        assertThatThrownBy(() -> TestStores.open(data))
                .isInstanceOf(LedgerUnavailable.class)
                .hasMessageContaining(why);
    }

    private Path segment() {
        return data.resolve("ledger").resolve(SegmentFormat.name(0));
    }

    private static long end(Path segment) throws IOException {
        try (LogFile file =
                DiskFolder.forReading(Objects.requireNonNull(segment.getParent()))
                        .open(SegmentFormat.name(0))) {
            FrameReader frames = new FrameReader(file, SegmentFormat.HEADER, 0);
            while (frames.next().isPresent()) {}
            return frames.at();
        }
    }
}
