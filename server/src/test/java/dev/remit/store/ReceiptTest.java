package dev.remit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.CallId;
import dev.remit.call.JsonWriter;
import dev.remit.call.Value;
import dev.remit.ledger.Checkpoint;
import dev.remit.ledger.Event;
import dev.remit.ledger.audit.CallReceipt;
import dev.remit.ledger.audit.ReceiptCheck;
import dev.remit.ledger.audit.ReceiptReport;
import dev.remit.mandate.Mandate;
import dev.remit.testkit.AttackCase;
import dev.remit.testkit.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A receipt proves one call to somebody who has nothing else, and nothing but that call. */
final class ReceiptTest {
    private static final CallId CALL = new CallId("call_one");
    private static final CallId OTHER = new CallId("call_two");
    private static final Set<Receipts.Part> ALL = EnumSet.allOf(Receipts.Part.class);

    @TempDir static Path folder;
    private static String key = "";
    private static String oldNote = "";

    @BeforeAll
    static void writeALog() throws IOException {
        Path data = folder.resolve("log");
        try (EmbeddedStore store = TestStores.open(data)) {
            Sample sample = new Sample(store);
            Mandate mandate = sample.ready("ada");
            Mandate others = sample.ready("bob");
            sample.append(sample.allowed(mandate, "free", "one"));
            sample.append(sample.allowed(others, "free", "two"));
            sample.append(Sample.concluded(OTHER));
            store.sign();
            oldNote = store.published().checkpoint();
            sample.append(Sample.concluded(CALL));
            sample.append(sample.refused(mandate, 1, "three"));
            sample.append(new Event.MandateChanged(mandate.with(Sample.ENDED), "per_1"));
            VerificationTest.fill(store, 60);
        }
        key = Files.readString(data.resolve("ledger/key.pub"));
    }

    private static CallReceipt receipt(CallId call, Set<Receipts.Part> open) {
        return Receipts.of(folder.resolve("log")).of(call, open).orElseThrow();
    }

    private static byte[] file(CallReceipt receipt) {
        return JsonWriter.plain(receipt.json());
    }

    private static ReceiptReport check(byte[] file) {
        return ReceiptCheck.of(file, Optional.of(key), List.of());
    }

    private static Map<String, String> told(ReceiptReport report) {
        Map<String, String> told = new HashMap<>();
        report.told().forEach(one -> told.put(one.label(), one.text()));
        return told;
    }

    @Test
    void itTellsTheCallTheMandateAndTheEnd() {
        ReceiptReport report = check(file(receipt(CALL, ALL)));
        assertThat(report.findings()).isEmpty();
        Map<String, String> told = told(report);
        assertThat(told.get("call")).isEqualTo("call_one");
        assertThat(told.get("decided")).contains("allowed, permission free");
        assertThat(told.get("agent")).startsWith("agt_ada, instance ins_ada1");
        assertThat(told.get("tool")).startsWith("up.tool");
        assertThat(told.get("mandate")).isEqualTo("mdt_ada version 1, from per_1");
        assertThat(told.get("words")).contains("update the agenda");
        assertThat(told.get("terms")).contains("\"few\"");
        assertThat(told.get("arguments")).isEqualTo("{\"path\":\"/agenda/one\"}");
        assertThat(told.get("end")).contains("answered");
        assertThat(told.get("answer")).contains("done");
        assertThat(told.get("signed")).contains("nobody");
        assertThat(report.log()).isEqualTo(TestStores.ORIGIN);
    }

    @Test
    void whatIsNotOpenedIsNotInIt() {
        for (Receipts.Part open : Receipts.Part.values()) {
            byte[] file = file(receipt(CALL, EnumSet.of(open)));
            String all = bodies(file);
            assertThat(all.contains("/agenda/one")).isEqualTo(open == Receipts.Part.ARGUMENTS);
            assertThat(all.contains("done")).isEqualTo(open == Receipts.Part.ANSWER);
            assertThat(all.contains("update the")).isEqualTo(open == Receipts.Part.WORDS);
            assertThat(check(file).holds()).isTrue();
        }
        byte[] closed = file(receipt(CALL, Set.of()));
        assertThat(new String(closed, StandardCharsets.UTF_8)).doesNotContain("body");
        assertThat(check(closed).findings()).isEmpty();
        assertThat(told(check(closed)))
                .containsEntry("arguments", "not opened")
                .containsEntry("words", "not opened")
                .containsEntry("answer", "not opened");
    }

    private static String bodies(byte[] file) {
        StringBuilder all = new StringBuilder();
        for (CallReceipt.Item item : CallReceipt.read(file).entries()) {
            all.append(new String(item.leaf(), StandardCharsets.UTF_8));
            item.body().ifPresent(body -> all.append(new String(body, StandardCharsets.UTF_8)));
        }
        return all.toString();
    }

    @Test
    void theSecondVerifierSaysTheSame() throws IOException {
        SecondVerifier.assumeThere();
        byte[] file = file(receipt(CALL, ALL));
        List<Path> paths = new ArrayList<>();
        for (int i = -1; i < file.length; i += i < 0 ? 1 : 37) {
            byte[] changed = file.clone();
            if (i >= 0) {
                changed[i] ^= 1;
            }
            paths.add(Files.write(folder.resolve("receipt-" + i), changed));
        }
        paths.add(Files.write(folder.resolve("receipt-closed"), file(receipt(CALL, Set.of()))));
        Map<Path, String> said = SecondVerifier.of(List.of("--key", key.strip()), paths);
        said.forEach(
                (path, one) -> {
                    boolean whole = path.endsWith("receipt--1") || path.endsWith("receipt-closed");
                    assertThat(one.startsWith("sound")).as("%s: %s", path, one).isEqualTo(whole);
                });
    }

    @Test
    void noCharacterOfItCanBeChanged() {
        byte[] file = file(receipt(CALL, ALL));
        for (int i = 0; i < file.length; i += 2) {
            file[i] ^= 1;
            assertThat(check(file).holds()).as("byte %d of %d", i, file.length).isFalse();
            file[i] ^= 1;
        }
        assertThat(check(file).holds()).isTrue();
    }

    @Test
    @AttackCase("AUDIT-009")
    void nothingCanBeLeftOutOrAdded() {
        CallReceipt whole = receipt(CALL, ALL);
        assertThat(whole.entries()).hasSize(3);
        CallReceipt others = receipt(OTHER, ALL);
        for (int i = 0; i < whole.entries().size(); i++) {
            List<CallReceipt.Item> fewer = new ArrayList<>(whole.entries());
            CallReceipt.Item gone = fewer.remove(i);
            boolean end = gone.index() == whole.entries().getLast().index();
            ReceiptReport report = check(file(with(whole, fewer)));
            assertThat(report.holds()).as("without entry %d", gone.index()).isEqualTo(end);
            for (CallReceipt.Item other : others.entries()) {
                List<CallReceipt.Item> swapped = new ArrayList<>(fewer);
                swapped.add(other);
                swapped.sort(Comparator.comparingLong(CallReceipt.Item::index));
                assertThat(check(file(with(whole, swapped))).holds()).isFalse();
            }
        }
        for (CallReceipt.Item other : others.entries()) {
            List<CallReceipt.Item> more = new ArrayList<>(whole.entries());
            more.add(other);
            more.sort(Comparator.comparingLong(CallReceipt.Item::index));
            assertThat(check(file(with(whole, more))).holds()).isFalse();
        }
        assertThat(check(file(with(whole, whole.entries().reversed()))).holds()).isFalse();
        assertThat(check(file(with(whole, List.of()))).holds()).isFalse();
        assertThat(check(JsonWriter.plain(whole.json().with("more", Value.of("x")))).holds())
                .isFalse();
    }

    private static CallReceipt with(CallReceipt receipt, List<CallReceipt.Item> entries) {
        return new CallReceipt(receipt.key(), receipt.checkpoint(), entries);
    }

    @Test
    @AttackCase({"AUDIT-009", "AUDIT-010"})
    void ofAnotherLogOrAnotherCheckpointItProvesNothing() {
        CallReceipt receipt = receipt(CALL, ALL);
        CallReceipt old = new CallReceipt(receipt.key(), oldNote, receipt.entries());
        assertThat(check(file(old)).findings()).isNotEmpty();
        var thief = TestStores.key();
        Checkpoint said = Checkpoint.said(receipt.checkpoint()).orElseThrow();
        String own = Checkpoint.verifierKey(TestStores.ORIGIN, thief.getPublic());
        String note = said.sign(thief.getPrivate(), thief.getPublic());
        byte[] forged = file(new CallReceipt(own, note, receipt.entries()));
        assertThat(check(forged).findings()).singleElement().asString().contains("another log");
        assertThat(ReceiptCheck.of(forged, Optional.empty(), List.of()).holds())
                .as("sound by the key that lies in it: --key is what makes it worth something")
                .isTrue();
        byte[] mixed = file(new CallReceipt(receipt.key(), note, receipt.entries()));
        assertThat(check(mixed).findings()).singleElement().asString().contains("not signed");
    }

    @Test
    void aCallThatIsUnderWayOrRefusedIsProvenAsThat() throws IOException {
        ReceiptReport refused = check(file(receipt(new CallId("call_three"), ALL)));
        assertThat(refused.findings()).isEmpty();
        assertThat(told(refused).get("decided")).contains("refused, refusal no");
        assertThat(told(refused).get("end")).isEqualTo("none is shown");
        assertThat(Receipts.of(folder.resolve("log")).of(new CallId("call_none"), ALL)).isEmpty();
    }
}
