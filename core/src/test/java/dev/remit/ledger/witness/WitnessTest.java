package dev.remit.ledger.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.call.Digest;
import dev.remit.ledger.Checkpoint;
import dev.remit.ledger.Cosignature;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.ledger.Merkle;
import dev.remit.ledger.NoteKey;
import dev.remit.ledger.Subtrees;
import dev.remit.ledger.witness.Witness.Answer;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WitnessTest {
    private static final String LOG = "example.org/log";
    private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");

    private final KeyPair log = key();
    private final KeyPair own = key();
    private final NoteKey name = NoteKey.of("w.example", NoteKey.Kind.WITNESS, own.getPublic());
    private final Book book = new Book();
    private final Witness witness = witness();

    private static KeyPair key() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Witness witness() {
        NoteKey known = NoteKey.of(LOG, NoteKey.Kind.LOG, log.getPublic());
        return new Witness(name, own.getPrivate(), List.of(known), book);
    }

    /** A book in memory, whose disk can fail. */
    private static final class Book implements WitnessBook {
        private final Map<String, String> notes = new ConcurrentHashMap<>();
        private boolean broken;

        @Override
        public Optional<String> latest(String origin) {
            return Optional.ofNullable(notes.get(origin));
        }

        @Override
        public void keep(String origin, String note) {
            if (broken) {
                throw new LedgerUnavailable("the disk is full", new IOException());
            }
            notes.put(origin, note);
        }
    }

    /** Leaves of one of several histories. */
    private static Digest leaf(int history, long index) {
        return Merkle.leaf(new byte[] {(byte) history, (byte) index});
    }

    private static Subtrees tree(int history) {
        return Subtrees.of(index -> leaf(index < 5 ? 0 : history, index)); // they part at 5
    }

    private static Checkpoint checkpoint(int history, long size) {
        Digest root = size == 0 ? new Merkle().root() : tree(history).root(0, size);
        return new Checkpoint(LOG, size, root);
    }

    private String note(int history, long size) {
        return checkpoint(history, size).sign(log.getPrivate(), log.getPublic());
    }

    private Answer submit(int history, long old, long size) {
        List<Digest> proof = tree(history).consistency(old, size);
        return witness.answer(new Submission(old, proof, note(history, size)).text(), NOW);
    }

    @Test
    void aLogThatGrowsIsCosignedEachTime() {
        for (long[] step : new long[][] {{0, 0}, {0, 1}, {1, 1}, {1, 7}, {7, 8}, {8, 33}}) {
            Answer answer = submit(0, step[0], step[1]);
            assertThat(answer).as("%d to %d", step[0], step[1]).isInstanceOf(Answer.Cosigned.class);
            String lines = ((Answer.Cosigned) answer).lines();
            Checkpoint said = checkpoint(0, step[1]);
            assertThat(Cosignature.of(said, note(0, step[1]) + lines, name))
                    .contains(new Cosignature("w.example", NOW));
            assertThat(witness.latest(LOG)).contains(note(0, step[1]) + lines);
        }
    }

    @Test
    void anotherHistoryIsNotCosigned() {
        submit(0, 0, 7);
        assertThat(submit(1, 7, 9)).isEqualTo(new Answer.Inconsistent());
        assertThat(submit(1, 7, 7)).isEqualTo(new Answer.Inconsistent());
        String forged = new Submission(7, List.of(), note(1, 9)).text();
        assertThat(witness.answer(forged, NOW)).isEqualTo(new Answer.Inconsistent());
        assertThat(submit(0, 7, 9)).isInstanceOf(Answer.Cosigned.class);
    }

    @Test
    void anOlderStateIsToldWhatWasSeen() {
        submit(0, 0, 9);
        assertThat(submit(0, 0, 7)).isEqualTo(new Answer.Elsewhere(9));
        assertThat(submit(0, 5, 7)).isEqualTo(new Answer.Elsewhere(9));
        assertThat(submit(0, 8, 12)).isEqualTo(new Answer.Elsewhere(9));
        String back = new Submission(9, List.of(), note(0, 7)).text();
        assertThat(witness.answer(back, NOW)).isEqualTo(new Answer.Malformed());
        assertThat(witness().latest(LOG)).as("after a restart").isEqualTo(witness.latest(LOG));
        assertThat(witness.latest(LOG).orElseThrow()).startsWith(LOG + "\n9\n");
    }

    @Test
    void aFirstSubmissionNeedsNoProofAndMayHaveNone() {
        Submission with = new Submission(0, List.of(Digest.of()), note(0, 3));
        assertThat(witness.answer(with.text(), NOW)).isEqualTo(new Answer.Inconsistent());
        Checkpoint empty = new Checkpoint(LOG, 0, Digest.of(new byte[] {1}));
        String note = empty.sign(log.getPrivate(), log.getPublic());
        assertThat(witness.answer(new Submission(0, List.of(), note).text(), NOW))
                .isEqualTo(new Answer.Inconsistent());
    }

    @Test
    void whoIsNotTheLogIsNotCosigned() {
        KeyPair thief = key();
        String stolen = checkpoint(0, 3).sign(thief.getPrivate(), thief.getPublic());
        assertThat(witness.answer(new Submission(0, List.of(), stolen).text(), NOW))
                .isEqualTo(new Answer.Unsigned());
        Checkpoint other = new Checkpoint("example.org/other", 3, tree(0).root(0, 3));
        String unknown = other.sign(log.getPrivate(), log.getPublic());
        assertThat(witness.answer(new Submission(0, List.of(), unknown).text(), NOW))
                .isEqualTo(new Answer.UnknownLog());
        assertThat(witness.latest("example.org/other")).isEmpty();
        assertThat(book.notes).isEmpty();
    }

    @Test
    void linesOfStrangersAreNotKept() {
        String more = note(0, 3) + "— somebody.else AAAAAAAA\n";
        assertThat(witness.answer(new Submission(0, List.of(), more).text(), NOW))
                .isInstanceOf(Answer.Cosigned.class);
        assertThat(witness.latest(LOG).orElseThrow()).doesNotContain("somebody");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "old 0",
                "old 0\n",
                "old 0\n\n",
                "old 00\n\nNOTE",
                "old -1\n\nNOTE",
                "old +1\n\nNOTE",
                " old 0\n\nNOTE",
                "old  0\n\nNOTE",
                "old 0 \n\nNOTE",
                "OLD 0\n\nNOTE",
                "old 0\r\n\r\nNOTE",
                "old 99999999999999999999\n\nNOTE",
                "old 0\nxx\n\nNOTE",
                "old 0\nAAAA\n\nNOTE",
                "old 0\n\nMORE",
                "old 0\n\n\nNOTE",
                "old 9\n\nNOTE"
            })
    void whatIsNoSubmissionIsMalformed(String text) {
        String whole = text.replace("NOTE", note(0, 3)).replace("MORE", "x\n" + note(0, 3));
        assertThat(witness.answer(whole, NOW)).isEqualTo(new Answer.Malformed());
        StringBuilder long64 = new StringBuilder("old 1\n");
        for (int i = 0; i < 64; i++) {
            long64.append("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n");
        }
        assertThat(witness.answer(long64 + "\n" + note(0, 3), NOW))
                .isEqualTo(new Answer.Malformed());
    }

    @Test
    void nothingIsCosignedThatIsNotKept() {
        book.broken = true;
        assertThatThrownBy(() -> submit(0, 0, 3)).isInstanceOf(LedgerUnavailable.class);
        book.broken = false;
        assertThat(submit(0, 0, 2)).isInstanceOf(Answer.Cosigned.class);
    }

    @Test
    void ofTwoHistoriesAtOnceOneIsCosigned() throws Exception {
        for (int round = 0; round < 20; round++) {
            book.notes.clear();
            submit(0, 0, 5);
            AtomicInteger cosigned = new AtomicInteger();
            List<Thread> threads = new ArrayList<>();
            for (int history = 0; history < 4; history++) {
                int one = history;
                threads.add(
                        Thread.ofVirtual()
                                .start(
                                        () -> {
                                            if (submit(one, 5, 6) instanceof Answer.Cosigned) {
                                                cosigned.incrementAndGet();
                                            }
                                        }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(cosigned).hasValue(1);
        }
    }
}
