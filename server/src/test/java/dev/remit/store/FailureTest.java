package dev.remit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.ledger.Event;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.mandate.Mandate;
import dev.remit.store.PowerCutFolder.Fault;
import dev.remit.testkit.AttackCase;
import dev.remit.testkit.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Storage that fails before, in the middle of, or after what it was asked for. */
final class FailureTest {
    @TempDir Path data;

    private final PowerCutFolder disk = new PowerCutFolder(1, true);

    private EmbeddedStore open(PowerCutFolder folder) throws IOException {
        return TestStores.open(data, folder, Opening.SEGMENT);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"BEFORE", "HALFWAY", "AFTER"})
    @AttackCase("AUDIT-002")
    void aFullDiskRefusesAndChangesNothingUntilThereIsRoom(Fault fault) throws IOException {
        try (EmbeddedStore store = open(disk)) {
            Sample sample = new Sample(store);
            Mandate mandate = sample.ready("a");
            long size = store.size();
            disk.failWrites(fault);
            for (int i = 0; i < 3; i++) {
                String call = "x" + i;
                assertThatThrownBy(() -> sample.append(sample.allowed(mandate, "few", call)))
                        .isInstanceOf(LedgerUnavailable.class)
                        .hasMessageContaining("No space left");
            }
            assertThat(store.size()).isEqualTo(size);
            assertThat(store.find(mandate.id()).orElseThrow().usage()).isEqualTo(Sample.unused());
            disk.failWrites(Fault.NONE);
            for (int i = 0; i < Sample.FEW; i++) {
                sample.append(sample.allowed(mandate, "few", "y" + i));
            }
            assertThat(store.size()).isEqualTo(size + Sample.FEW);
            assertThat(store.find(mandate.id()).orElseThrow().usage().calls())
                    .isEqualTo(Sample.FEW);
        }
        try (EmbeddedStore again = open(disk)) {
            assertThat(again.list(1).getFirst().usage().calls()).isEqualTo(Sample.FEW);
        }
    }

    /** A failed write can leave whole entries behind a shorter one that follows it. */
    @Test
    void whatAFailedWriteLeftBehindNeverComesBack() throws IOException {
        long size;
        try (EmbeddedStore store = open(disk)) {
            Sample sample = new Sample(store);
            disk.failWrites(Fault.AFTER);
            assertThatThrownBy(
                            () ->
                                    sample.append(
                                            new Event.StrangerRefused("d", "/a".repeat(400), 1)))
                    .isInstanceOf(LedgerUnavailable.class);
            disk.failWrites(Fault.NONE);
            sample.append(new Event.StrangerRefused("d", "/b", 1));
            size = store.size();
        }
        try (EmbeddedStore again = open(disk)) {
            assertThat(again.size()).isEqualTo(size + 1); // it says that it was opened
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"BEFORE", "AFTER"})
    @AttackCase({"GRANT-003", "AUDIT-002"})
    void afterAFailedSyncNothingIsWrittenUntilTheNextStart(Fault fault) throws IOException {
        long size;
        try (EmbeddedStore store = open(disk)) {
            Sample sample = new Sample(store);
            Mandate mandate = sample.ready("a");
            size = store.size();
            disk.failForces(fault);
            assertThatThrownBy(() -> sample.append(sample.allowed(mandate, "few", "1")))
                    .isInstanceOf(LedgerUnavailable.class)
                    .hasMessageContaining("restart Remit");
            disk.failForces(Fault.NONE);
            assertThatThrownBy(() -> sample.append(sample.allowed(mandate, "few", "2")))
                    .isInstanceOf(LedgerUnavailable.class)
                    .hasMessageContaining("restart Remit");
            assertThat(store.size()).isEqualTo(size);
            assertThat(store.find(mandate.id()).orElseThrow().usage()).isEqualTo(Sample.unused());
        }
        try (EmbeddedStore again = open(disk)) {
            assertThat(again.size()).isGreaterThan(size);
            assertThat(again.openCalls()).isEmpty();
        }
    }

    @Test
    void aThousandAppendsAfterFailuresOfEveryKindLeaveASoundLog() throws IOException {
        try (EmbeddedStore store = open(disk)) {
            Sample sample = new Sample(store);
            List<Fault> faults = List.of(Fault.BEFORE, Fault.HALFWAY, Fault.AFTER);
            for (int i = 0; i < 1_000; i++) {
                Event event = new Event.StrangerRefused("d", "/" + "x".repeat(i % 50), i);
                if (i % 7 == 0) {
                    disk.failWrites(faults.get(i % 3));
                    assertThatThrownBy(() -> sample.append(event))
                            .isInstanceOf(LedgerUnavailable.class);
                    disk.failWrites(Fault.NONE);
                }
                sample.append(event);
            }
            assertThat(store.size()).isEqualTo(1_001);
        }
        assertThat(PowerCutTest.verify(disk).findings()).isEmpty();
    }
}
