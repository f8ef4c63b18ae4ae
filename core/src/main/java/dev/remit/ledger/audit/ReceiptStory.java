package dev.remit.ledger.audit;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.identity.MandateId;
import dev.remit.ledger.Entry;
import dev.remit.ledger.EntryFormat;
import dev.remit.ledger.audit.ReceiptCheck.Proven;
import dev.remit.ledger.audit.ReceiptReport.Told;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What proven entries say of one call. They must be those of one call and nothing else, so that
 * nobody shows a call beside another's mandate or answer.
 */
final class ReceiptStory {
    private static final Set<String> MANDATES =
            Set.of("mandate-given", "mandate-changed", "question-answered");

    private final List<Proven> entries;
    private final List<String> findings;
    private final Set<Proven> used = new HashSet<>();

    ReceiptStory(List<Proven> entries, List<String> findings) {
        this.entries = entries;
        this.findings = findings;
    }

    /** Tells the call, or says what is wrong. */
    void tell(List<Told> told) {
        List<Proven> decisions = all("decided");
        if (decisions.size() != 1) {
            findings.add("it has " + decisions.size() + " decisions, not one");
            return;
        }
        Proven decided = decisions.getFirst();
        told.add(new Told("call", decided.field("call")));
        told.add(new Told("decided", at(decided) + ": " + ruling(decided)));
        told.add(new Told("agent", decided.field("agent") + ", instance " + instance(decided)));
        told.add(new Told("tool", tool(decided)));
        told.add(new Told("arguments", opened(decided, "arguments")));
        mandate(decided, told);
        question(decided, told);
        end(decided, told);
        entries.stream()
                .filter(one -> KeyChain.introduced(one.leaf()).isPresent())
                .forEach(used::add);
        for (Proven one : entries) {
            if (!used.contains(one)) {
                findings.add("entry " + one.index() + " says nothing of this call");
            }
        }
    }

    private List<Proven> all(String kind) {
        List<Proven> all = entries.stream().filter(one -> one.is(kind)).toList();
        used.addAll(all);
        return all;
    }

    private static String at(Proven one) {
        return one.leaf().at() + ", entry " + one.index();
    }

    private static String instance(Proven decided) {
        String behind = decided.field("behind");
        String binding = decided.field("binding");
        return decided.field("instance")
                + (behind.isEmpty() ? "" : ", through " + behind)
                + (binding.isEmpty() ? "" : ", binding " + binding);
    }

    private static String tool(Proven decided) {
        String definition = decided.field("definition");
        return decided.field("tool") + (definition.isEmpty() ? "" : ", defined as " + definition);
    }

    private static String ruling(Proven decided) {
        StringBuilder text = new StringBuilder(decided.field("ruling"));
        for (String name : List.of("permission", "question", "rule", "refusal", "continues")) {
            if (!decided.field(name).isEmpty()) {
                text.append(", ").append(name).append(' ').append(decided.field(name));
            }
        }
        return text.toString();
    }

    private void mandate(Proven decided, List<Told> told) {
        String mandate = decided.field("mandate");
        if (mandate.isEmpty()) {
            told.add(new Told("mandate", "none"));
            return;
        }
        String version = decided.field("version");
        List<Proven> there =
                entries.stream()
                        .filter(one -> MANDATES.contains(one.leaf().kind()))
                        .filter(one -> one.field("mandate").equals(mandate))
                        .filter(one -> one.index() < decided.index())
                        .toList();
        Optional<Proven> under =
                there.stream().filter(one -> one.field("version").equals(version)).findFirst();
        Optional<Proven> given = there.stream().filter(one -> one.is("mandate-given")).findFirst();
        boolean whole =
                under.isPresent()
                        && given.isPresent()
                        && given.get().field("giver").equals(decided.field("giver"));
        if (!whole) {
            findings.add("it does not show the mandate that the call was decided on");
            return;
        }
        used.add(under.get());
        used.add(given.get());
        told.add(
                new Told(
                        "mandate",
                        mandate + " version " + version + ", from " + decided.field("giver")));
        told.add(new Told("given", at(given.get())));
        told.add(new Told("words", opened(given.get(), "task")));
        told.add(new Told("terms", opened(under.get(), "widened")));
        signed(given.get(), told);
    }

    /** Whether the giver's passkey approved it, where the words are open. */
    private void signed(Proven given, List<Told> told) {
        MandateTrail trail =
                new MandateTrail(new MandateId(given.field("mandate")), Optional.empty());
        List<Proven> passkeys =
                entries.stream()
                        .filter(one -> one.is("passkey-added"))
                        .filter(one -> one.field("person").equals(given.field("giver")))
                        .filter(one -> one.item().body().isPresent() && one.index() < given.index())
                        .toList();
        used.addAll(passkeys);
        if (given.item().body().isEmpty()) {
            return;
        }
        passkeys.forEach(one -> trail.observe(entry(one)));
        trail.observe(entry(given));
        MandateTrail.Approval approval = trail.given().orElseThrow().approval();
        switch (approval) {
            case MandateTrail.Approval.Signed(var passkey, long added, String origin) ->
                    told.add(
                            new Told(
                                    "signed",
                                    "by passkey “"
                                            + passkey.label()
                                            + "” of entry "
                                            + added
                                            + ", on "
                                            + origin));
            case MandateTrail.Approval.Wrong(String why) ->
                    findings.add("the mandate says that a passkey signed it: " + why);
            case MandateTrail.Approval.Unsigned() ->
                    told.add(new Told("signed", "by nobody: on record, but no passkey"));
        }
    }

    private static Entry entry(Proven one) {
        return EntryFormat.read(one.index(), one.item().leaf(), one.item().body().orElseThrow());
    }

    /** A yes of a person that the call was allowed by. */
    private void question(Proven decided, List<Told> told) {
        if (!decided.field("ruling").equals("approved")) {
            return;
        }
        Optional<Proven> answer =
                entries.stream()
                        .filter(one -> one.is("question-answered"))
                        .filter(one -> one.field("question").equals(decided.field("question")))
                        .filter(one -> one.field("mandate").equals(decided.field("mandate")))
                        .filter(one -> one.index() < decided.index())
                        .findFirst();
        answer.ifPresent(used::add);
        answer.ifPresentOrElse(
                one ->
                        told.add(
                                new Told(
                                        "approved",
                                        at(one)
                                                + ": "
                                                + one.field("verdict")
                                                + ", by "
                                                + one.field("by"))),
                () -> findings.add("it does not show the yes that the call was allowed by"));
    }

    private void end(Proven decided, List<Told> told) {
        List<Proven> ends = new ArrayList<>(all("concluded"));
        ends.addAll(all("asked"));
        if (ends.isEmpty()) {
            told.add(new Told("end", "none is shown"));
            return;
        }
        Proven end = ends.getFirst();
        boolean own =
                ends.size() == 1
                        && end.field("call").equals(decided.field("call"))
                        && end.index() > decided.index();
        if (!own) {
            findings.add("it shows an end that is not this call's");
            return;
        }
        String how = end.is("asked") ? "it asked for more" : end.field("end");
        told.add(new Told("end", at(end) + ": " + how));
        told.add(new Told("answer", opened(end, "reply")));
    }

    /** A part of a body; the whole of it if it has no such part. */
    private static String opened(Proven one, String part) {
        if (one.item().body().isEmpty()) {
            return "not opened";
        }
        try {
            byte[] body = one.item().body().get();
            Value.Fields said =
                    JsonReader.readFields(Arrays.copyOfRange(body, EntryFormat.SALT, body.length));
            return said.get(part).orElse(said).json();
        } catch (MalformedJson e) {
            throw new IllegalArgumentException("a body is no JSON object", e);
        }
    }
}
