package dev.remit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.CallId;
import dev.remit.ledger.Checkpoint;
import dev.remit.ledger.Cosignature;
import dev.remit.ledger.Draft;
import dev.remit.ledger.Event;
import dev.remit.ledger.Merkle;
import dev.remit.ledger.NoteKey;
import dev.remit.ledger.Subtrees;
import dev.remit.ledger.audit.CallReceipt;
import dev.remit.ledger.audit.ReceiptCheck;
import dev.remit.ledger.audit.ReceiptReport;
import dev.remit.mandate.Mandate;
import dev.remit.testkit.MemoryStore;
import dev.remit.testkit.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The receipt that every implementation must read; {@code -Dremit.write=true} writes it anew, which
 * a change of the format does under another name.
 */
final class ReceiptVectorTest {
    private static final Path VECTOR =
            Path.of("../core/src/test/resources/dev/remit/ledger/receipt.json").toAbsolutePath();
    private static final String ORIGIN = "remit.example/log";
    private static final Instant SEEN = Instant.parse("2026-11-24T03:00:00Z");
    private static final NoteKey WITNESS =
            NoteKey.of("witness.example", NoteKey.Kind.WITNESS, FixedKey.SECOND.getPublic());

    private static CallReceipt receipt() {
        Sample sample = new Sample(new MemoryStore());
        Mandate mandate = sample.mandate("a", "1");
        Event.Decided decided = sample.allowed(mandate, "free", "one");
        List<Draft> log = new ArrayList<>();
        for (Event event :
                List.of(
                        new Event.StrangerRefused("d", "/", 0),
                        new Event.MandateGiven(mandate),
                        decided,
                        new Event.StrangerRefused("d", "/", 0),
                        Sample.concluded(new CallId("call_one")))) {
            log.add(sample.draft(event));
        }
        Merkle tree = new Merkle();
        log.forEach(draft -> tree.add(draft.leafHash()));
        Checkpoint said = new Checkpoint(ORIGIN, tree.size(), tree.root());
        String note =
                said.sign(FixedKey.FIRST.getPrivate(), FixedKey.FIRST.getPublic())
                        + Cosignature.line(WITNESS, FixedKey.SECOND.getPrivate(), said, SEEN);
        Subtrees hashes = Subtrees.of(at -> log.get((int) at).leafHash());
        List<CallReceipt.Item> items = new ArrayList<>();
        for (int at : new int[] {1, 2, 4}) {
            items.add(
                    new CallReceipt.Item(
                            at,
                            log.get(at).leaf(),
                            hashes.inclusion(at, log.size()),
                            at == 2 ? Optional.empty() : Optional.of(log.get(at).body())));
        }
        return new CallReceipt(key(), note, items);
    }

    private static String key() {
        return Checkpoint.verifierKey(ORIGIN, FixedKey.FIRST.getPublic());
    }

    @Test
    void theReceiptIsAsItWasPublished() throws IOException {
        String text = receipt().json().json() + "\n";
        if (Boolean.getBoolean("remit.write")) {
            Files.writeString(VECTOR, text);
        }
        assertThat(VECTOR).content().isEqualTo(text);
    }

    @Test
    void bothVerifiersReadIt() throws IOException {
        ReceiptReport report =
                ReceiptCheck.of(Files.readAllBytes(VECTOR), Optional.of(key()), List.of(WITNESS));
        assertThat(report.findings()).isEmpty();
        assertThat(report.cosigned()).containsExactly(new Cosignature("witness.example", SEEN));
        SecondVerifier.assumeThere();
        List<String> options = List.of("--key", key(), "--witness", WITNESS.written());
        assertThat(SecondVerifier.of(options, VECTOR)).startsWith("sound, call_one");
        NoteKey other =
                NoteKey.of("other.example", NoteKey.Kind.WITNESS, FixedKey.SECOND.getPublic());
        assertThat(SecondVerifier.of(List.of("--witness", other.written()), VECTOR))
                .contains("no cosignature of other.example");
        assertThat(
                        ReceiptCheck.of(
                                        Files.readAllBytes(VECTOR),
                                        Optional.of(key()),
                                        List.of(other))
                                .holds())
                .isFalse();
    }
}
