package dev.remit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.ledger.Checkpoint;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.ledger.Merkle;
import dev.remit.ledger.NoteKey;
import dev.remit.ledger.Subtrees;
import dev.remit.ledger.witness.Submission;
import dev.remit.ledger.witness.Witness;
import dev.remit.ledger.witness.Witness.Answer;
import dev.remit.store.PowerCutFolder.Fault;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a witness cosigned, it knows after a power cut too. */
final class WitnessFolderTest {
    private static final String LOG = "remit.example/log";
    private static final int SEEDS = 60;

    private static Answer submit(LogFolder folder, long old, long size) {
        Witness witness =
                new Witness(
                        NoteKey.of("w", NoteKey.Kind.WITNESS, FixedKey.SECOND.getPublic()),
                        FixedKey.SECOND.getPrivate(),
                        List.of(NoteKey.of(LOG, NoteKey.Kind.LOG, FixedKey.FIRST.getPublic())),
                        new WitnessFolder(folder, Optional.empty()));
        Subtrees tree = Subtrees.of(at -> Merkle.leaf(new byte[] {(byte) at}));
        String note =
                new Checkpoint(LOG, size, tree.root(0, size))
                        .sign(FixedKey.FIRST.getPrivate(), FixedKey.FIRST.getPublic());
        Submission next = new Submission(old, tree.consistency(old, size), note);
        return witness.answer(next.text(), Instant.ofEpochSecond(1_800_000_000 + size));
    }

    private static boolean survives(int seed, boolean syncs) {
        PowerCutFolder folder = new PowerCutFolder(seed, syncs);
        long cosigned = 0;
        for (int size = 1; size <= 1 + seed % 5; size++) {
            assertThat(submit(folder, cosigned, size)).isInstanceOf(Answer.Cosigned.class);
            cosigned = size;
        }
        folder.cut();
        try {
            return submit(folder.restarted(seed), cosigned, cosigned + 1)
                    instanceof Answer.Cosigned;
        } catch (LedgerUnavailable e) {
            return false;
        }
    }

    @Test
    void whatWasCosignedIsKnownAfterAPowerCut() {
        for (int seed = 0; seed < SEEDS; seed++) {
            assertThat(survives(seed, true)).as("seed %d", seed).isTrue();
        }
        boolean lost = false;
        for (int seed = 0; seed < SEEDS; seed++) {
            lost |= !survives(seed, false);
        }
        assertThat(lost).as("without syncs something is lost").isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"BEFORE", "HALFWAY", "AFTER"})
    void whatIsNotKeptIsNotCosigned(Fault fault) {
        PowerCutFolder folder = new PowerCutFolder(1, true);
        assertThat(submit(folder, 0, 3)).isInstanceOf(Answer.Cosigned.class);
        folder.failWrites(fault);
        assertThatThrownBy(() -> submit(folder, 3, 4)).isInstanceOf(LedgerUnavailable.class);
        folder.failWrites(Fault.NONE);
        assertThat(submit(folder, 3, 5)).isInstanceOf(Answer.Cosigned.class);
        assertThat(submit(folder, 3, 4)).isEqualTo(new Answer.Elsewhere(5));
    }

    @Test
    void oneProcessWorksInAFolder(@TempDir Path path) {
        try (WitnessFolder _ = WitnessFolder.at(path)) {
            assertThatThrownBy(() -> WitnessFolder.at(path))
                    .isInstanceOf(LedgerUnavailable.class)
                    .hasMessageContaining("another Remit works in");
        }
        try (WitnessFolder again = WitnessFolder.at(path)) {
            assertThat(again.latest(LOG)).isEmpty();
        }
    }
}
