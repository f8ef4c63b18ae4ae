package dev.remit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.approval.QuestionId;
import dev.remit.approval.Verdict;
import dev.remit.call.JsonWriter;
import dev.remit.identity.Jwk;
import dev.remit.identity.KeyUse;
import dev.remit.identity.Passkey;
import dev.remit.ledger.Checkpoint;
import dev.remit.ledger.Draft;
import dev.remit.ledger.Endorsement;
import dev.remit.ledger.Event;
import dev.remit.ledger.Merkle;
import dev.remit.ledger.Subtrees;
import dev.remit.ledger.audit.CallReceipt;
import dev.remit.ledger.audit.ReceiptCheck;
import dev.remit.ledger.audit.ReceiptReport;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.MandateSignature;
import dev.remit.testkit.MemoryStore;
import dev.remit.testkit.Sample;
import dev.remit.testkit.SoftPasskey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entries that are all in the log, put together rightly and wrongly. */
final class ReceiptStoryTest {
    private static final SoftPasskey.Telling PAGE =
            new SoftPasskey.Telling("https://remit.example", "remit.example", true);
    private static final QuestionId QUESTION = new QuestionId("qst_1");

    private static final int PASSKEY = 0;
    private static final int GIVEN = 1;
    private static final int ASKED = 2;
    private static final int ANSWERED = 3;
    private static final int APPROVED = 4;
    private static final int END = 5;
    private static final int WIDENED = 6;
    private static final int LATER = 7;
    private static final int OTHER_ANSWER = 8;
    private static final int KEY = 9;

    private final Sample sample = new Sample(new MemoryStore());
    private final SoftPasskey passkey = new SoftPasskey();
    private final KeyPair first = TestStores.key();
    private final KeyPair second = TestStores.key();
    private final Mandate mandate = sample.mandate("a", "a");
    private final List<Draft> log = new ArrayList<>();
    private final List<Judged> receipts = new ArrayList<>();

    @TempDir Path folder = Path.of("");

    /** A receipt and what the first verifier said of it. */
    private record Judged(String key, CallReceipt receipt, boolean holds) {}

    ReceiptStoryTest() {
        Jwk next = Jwk.of(second.getPublic());
        add(
                new Event.PasskeyAdded(
                        mandate.giver().id(),
                        new Passkey(passkey.id(), passkey.key(), 0, "laptop", Sample.START),
                        Optional.empty()));
        add(given(mandate));
        add(ruled("ask", mandate, new Event.Ruling.Asked(QUESTION, "no", "detail")));
        add(answered(QUESTION, Verdict.ONCE, Optional.empty()));
        add(ruled("yes", mandate, new Event.Ruling.Approved(QUESTION, Map.of())));
        add(Sample.concluded(ruled("yes", mandate, allowed()).call()));
        Mandate wider = mandate.with(mandate.permissions(), mandate.limits());
        add(answered(new QuestionId("qst_2"), Verdict.FOR_TASK, Optional.of(wider)));
        add(ruled("later", wider, allowed()));
        add(answered(new QuestionId("qst_3"), Verdict.ONCE, Optional.empty()));
        add(
                new Event.KeyIntroduced(
                        KeyUse.LOG,
                        2,
                        next,
                        false,
                        Optional.of(Endorsement.sign(first.getPrivate(), 2, next)),
                        "x"));
    }

    /** The mandate, with a signature of this one, whichever it is. */
    private Event given(Mandate approved) {
        return new Event.MandateGiven(
                mandate,
                Optional.of(
                        new MandateSignature(
                                passkey.id(),
                                passkey.key(),
                                "A".repeat(43),
                                passkey.approving(
                                        MandateSignature.challenge(new byte[32], approved),
                                        PAGE))));
    }

    private void add(Event event) {
        log.add(sample.draft(event));
    }

    private static Event.Ruling allowed() {
        return new Event.Ruling.Allowed("free", Map.of());
    }

    private Event.Decided ruled(String call, Mandate under, Event.Ruling ruling) {
        Event.Decided like = sample.allowed(under, "free", call);
        return new Event.Decided(
                like.call(),
                like.instance(),
                like.agent(),
                like.behind(),
                like.binding(),
                like.mandate(),
                like.tool(),
                like.toolDefinition(),
                ruling,
                like.arguments(),
                List.of(),
                Optional.empty());
    }

    private Event answered(QuestionId question, Verdict verdict, Optional<Mandate> widened) {
        return new Event.QuestionAnswered(
                question, mandate.id(), verdict, mandate.giver().id(), widened);
    }

    private ReceiptReport check(KeyPair signer, boolean open, int... entries) {
        Subtrees tree = Subtrees.of(at -> log.get((int) at).leafHash());
        Merkle whole = new Merkle();
        log.forEach(draft -> whole.add(draft.leafHash()));
        String note =
                new Checkpoint("remit.test/s", log.size(), whole.root())
                        .sign(signer.getPrivate(), signer.getPublic());
        List<CallReceipt.Item> items =
                Arrays.stream(entries)
                        .mapToObj(
                                at ->
                                        new CallReceipt.Item(
                                                at,
                                                log.get(at).leaf(),
                                                tree.inclusion(at, log.size()),
                                                Optional.of(log.get(at).body()).filter(_ -> open)))
                        .toList();
        String key = Checkpoint.verifierKey("remit.test/s", first.getPublic());
        CallReceipt receipt = new CallReceipt(key, note, items);
        ReceiptReport report =
                ReceiptCheck.of(JsonWriter.plain(receipt.json()), Optional.of(key), List.of());
        second(key, receipt, report);
        return report;
    }

    /** The second verifier says the same; it does not look at passkeys' signatures. */
    private void second(String key, CallReceipt receipt, ReceiptReport report) {
        if (report.findings().stream().noneMatch(one -> one.contains("passkey"))) {
            receipts.add(new Judged(key, receipt, report.holds()));
        }
    }

    @AfterEach
    void theSecondVerifierSaysTheSame() throws IOException {
        SecondVerifier.assumeThere();
        for (Judged one : receipts) {
            Path path =
                    Files.write(folder.resolve("receipt"), JsonWriter.plain(one.receipt().json()));
            String said = SecondVerifier.of(List.of("--key", one.key()), path);
            assertThat(said.startsWith("sound")).as(said).isEqualTo(one.holds());
        }
    }

    private static void holds(ReceiptReport report, String... told) {
        assertThat(report.findings()).isEmpty();
        assertThat(report.told().stream().map(one -> one.label() + ": " + one.text()).toList())
                .allSatisfy(line -> assertThat(line).isNotBlank());
        for (String one : told) {
            assertThat(report.told().toString()).contains(one);
        }
    }

    private static void fails(ReceiptReport report, String why) {
        assertThat(report.findings().getFirst()).contains(why);
        assertThat(report.told()).isEmpty();
    }

    @Test
    void aSignedMandateIsToldAsThat() {
        holds(
                check(first, true, PASSKEY, GIVEN, ANSWERED, APPROVED, END),
                "by passkey “laptop” of entry 0, on https://remit.example",
                "once, by per_1",
                "approved, question qst_1");
        holds(check(first, false, GIVEN, ANSWERED, APPROVED, END), "not opened");
        fails(check(first, true, GIVEN, ANSWERED, APPROVED, END), "passkey was not per_1's");
        log.set(GIVEN, sample.draft(given(sample.mandate("a", "b"))));
        fails(
                check(first, true, PASSKEY, GIVEN, ANSWERED, APPROVED, END),
                "says that a passkey signed it");
    }

    @Test
    void aYesIsShownAndIsThisCallsOwn() {
        fails(check(first, false, GIVEN, APPROVED, END), "does not show the yes");
        assertThat(check(first, false, GIVEN, APPROVED, END, OTHER_ANSWER).holds()).isFalse();
        fails(
                check(first, false, GIVEN, ANSWERED, APPROVED, END, OTHER_ANSWER),
                "entry 8 says nothing of this call");
        assertThat(check(first, false, GIVEN, ASKED, ANSWERED, APPROVED, END).holds())
                .as("two decisions")
                .isFalse();
    }

    @Test
    void theMandateIsTheVersionThatItWasDecidedOn() {
        holds(check(first, true, PASSKEY, GIVEN, WIDENED, LATER), "version 2, from per_1");
        fails(check(first, false, GIVEN, LATER), "does not show the mandate");
        fails(check(first, false, WIDENED, LATER), "does not show the mandate");
        fails(
                check(first, false, GIVEN, ANSWERED, APPROVED, END, WIDENED),
                "entry 6 says nothing of this call");
        fails(check(first, false, GIVEN, END, WIDENED, LATER), "an end that is not this call's");
    }

    @Test
    void aReplacedKeyIsFollowedAndTheOldOneNoLongerSigns() {
        holds(check(second, false, GIVEN, WIDENED, LATER, KEY));
        fails(check(second, false, GIVEN, WIDENED, LATER), "not signed by the log's key");
        fails(check(first, false, GIVEN, WIDENED, LATER, KEY), "by a key that entry 9 replaced");
    }
}
