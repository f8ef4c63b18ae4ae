package dev.remit.ledger.audit;

import dev.remit.identity.Descent;
import dev.remit.identity.MandateId;
import dev.remit.identity.Passkey;
import dev.remit.identity.PasskeyAnswer;
import dev.remit.identity.PersonId;
import dev.remit.ledger.Entry;
import dev.remit.ledger.Event;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.MandateSignature;
import dev.remit.mandate.Permission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the entries of a log say of one mandate: whether its giver's passkey approved exactly this,
 * and what became of it since. It is shown every entry in order.
 */
public final class MandateTrail {
    private final MandateId id;
    private final Optional<String> page;
    private final Map<String, Added> passkeys = new HashMap<>(); // by credential id, as of now
    private final List<Act> acts = new ArrayList<>();
    private Optional<Given> given = Optional.empty();
    private boolean twice;

    /**
     * @param page the origin on which it must have been approved; if empty, the answer has the one
     *     that the browser named, to be judged by whoever reads it
     */
    public MandateTrail(MandateId id, Optional<String> page) {
        this.id = id;
        this.page = page;
    }

    private record Added(long entry, PersonId person, Passkey passkey) {}

    /** The mandate as it was given, and how. */
    public record Given(long entry, Instant at, Mandate mandate, Approval approval) {}

    /** Whether a person's passkey approved it. */
    public sealed interface Approval {
        /**
         * By this passkey of its giver.
         *
         * @param added the entry that says whose passkey it is
         * @param origin the page it was used on, as the browser named it
         */
        record Signed(Passkey passkey, long added, String origin) implements Approval {}

        /** It says that it was, and it was not. */
        record Wrong(String why) implements Approval {}

        /** It does not say so. */
        record Unsigned() implements Approval {}
    }

    /**
     * Something that changed it later, or passed it on. Nothing of this is signed.
     *
     * @param version the version that it has been since; 0 if it stayed as it was
     * @param what the act, in words
     * @param beyond what of that version goes beyond what was given at first, a phrase each
     */
    public record Act(long entry, Instant at, long version, String what, List<String> beyond) {
        public Act {
            beyond = List.copyOf(beyond);
        }
    }

    /** Looks at the next entry. */
    public void observe(Entry entry) {
        Event event = entry.event();
        if (event instanceof Event.PasskeyAdded(PersonId person, Passkey passkey, _)) {
            passkeys.put(passkey.id(), new Added(entry.index(), person, passkey));
        } else if (event instanceof Event.PasskeyRemoved(_, String passkey, _)) {
            passkeys.remove(passkey);
        } else if (event
                instanceof Event.SignedIn(_, Event.Way.ByPasskey(String key, long count))) {
            counted(key, count);
        } else if (event instanceof Event.MandateGiven given) {
            given(entry, given);
        } else if (event instanceof Event.MandateChanged(Mandate mandate, String by)
                && mandate.id().equals(id)) {
            acts.add(act(entry, mandate, changed(mandate, by)));
        } else if (event instanceof Event.QuestionAnswered answered
                && answered.mandate().equals(id)
                && answered.widened().isPresent()) {
            String what =
                    "widened by "
                            + answered.by()
                            + ", who said `"
                            + answered.verdict().code()
                            + "` to "
                            + answered.question();
            acts.add(act(entry, answered.widened().get(), what));
        } else if (event instanceof Event.DelegateEnrolled enrolled
                && enrolled.instance().from().map(Descent::mandate).equals(Optional.of(id))) {
            String what =
                    "a part of it passed on to "
                            + enrolled.instance().id()
                            + " by the key of "
                            + enrolled.instance().from().orElseThrow().parent();
            acts.add(new Act(entry.index(), entry.at(), 0, what, List.of()));
        }
    }

    private void counted(String passkey, long count) {
        passkeys.computeIfPresent(
                passkey,
                (_, known) ->
                        new Added(known.entry(), known.person(), known.passkey().counted(count)));
    }

    private void given(Entry entry, Event.MandateGiven event) {
        if (event.mandate().id().equals(id)) {
            twice = twice || given.isPresent();
            given =
                    Optional.of(
                            new Given(entry.index(), entry.at(), event.mandate(), approval(event)));
        }
        event.signed().ifPresent(by -> counted(by.passkey(), by.answer().count()));
    }

    private Approval approval(Event.MandateGiven event) {
        if (event.signed().isEmpty()) {
            return new Approval.Unsigned();
        }
        MandateSignature by = event.signed().get();
        PersonId giver = event.mandate().giver().id();
        Optional<Added> added =
                Optional.ofNullable(passkeys.get(by.passkey()))
                        .filter(one -> one.person().equals(giver));
        if (added.isEmpty()) {
            return new Approval.Wrong("the passkey was not " + giver + "'s then");
        }
        Passkey passkey = added.get().passkey();
        if (!passkey.key().equals(by.key())) {
            return new Approval.Wrong("the key is not the one that " + giver + " added");
        }
        if (!passkey.mayCount(by.answer().count())) {
            return new Approval.Wrong("the passkey's counter went back, as a copy's would");
        }
        String origin = page.or(() -> by.answer().origin()).orElse("");
        return by.fault(event.mandate(), origin)
                .map(PasskeyAnswer.Fault::sentence)
                .<Approval>map(Approval.Wrong::new)
                .orElse(new Approval.Signed(passkey, added.get().entry(), origin));
    }

    private static String changed(Mandate mandate, String by) {
        return switch (mandate.status()) {
            case Mandate.Status.Active() -> "changed by " + by;
            case Mandate.Status.Completed _ -> "completed by " + by;
            case Mandate.Status.Revoked revoked -> "revoked by " + revoked.by();
        };
    }

    private Act act(Entry entry, Mandate now, String what) {
        List<String> beyond =
                given.map(first -> beyond(first.mandate(), now)).orElse(List.of("all of it"));
        return new Act(entry.index(), entry.at(), now.version(), what, beyond);
    }

    /** What the later version has that the first has not; what it has less of is not said. */
    private static List<String> beyond(Mandate first, Mandate now) {
        List<String> beyond = new ArrayList<>();
        for (Permission one : now.permissions().all()) {
            if (!first.permissions().all().contains(one)) {
                beyond.add("permission " + one.name() + " for " + one.tools().text());
            }
        }
        if (!first.limits().equals(now.limits())) {
            beyond.add("other limits");
        }
        if (!first.delegates().containsAll(now.delegates())) {
            beyond.add("agents that it may be passed on to");
        }
        boolean same =
                first.task().equals(now.task())
                        && first.giver().equals(now.giver())
                        && first.agent().equals(now.agent())
                        && first.givenAt().equals(now.givenAt())
                        && first.signIn().equals(now.signIn())
                        && first.basis().equals(now.basis());
        if (!same) {
            beyond.add("other words, giver or agent");
        }
        return beyond;
    }

    /** How it was given; empty if the log does not have it. */
    public Optional<Given> given() {
        return twice
                ? given.map(
                        one ->
                                new Given(
                                        one.entry(),
                                        one.at(),
                                        one.mandate(),
                                        new Approval.Wrong("the log has it given twice")))
                : given;
    }

    /** What became of it, in order. */
    public List<Act> acts() {
        return List.copyOf(acts);
    }
}
