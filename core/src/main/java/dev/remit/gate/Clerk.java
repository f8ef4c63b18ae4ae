package dev.remit.gate;

import dev.remit.approval.Question;
import dev.remit.approval.QuestionBook;
import dev.remit.approval.QuestionId;
import dev.remit.call.Call;
import dev.remit.call.Pin;
import dev.remit.call.Tool;
import dev.remit.call.ToolBook;
import dev.remit.decision.Case;
import dev.remit.decision.Delegation;
import dev.remit.decision.Rules;
import dev.remit.identity.Account;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentBook;
import dev.remit.identity.AgentId;
import dev.remit.identity.Binding;
import dev.remit.identity.Caller;
import dev.remit.identity.Instance;
import dev.remit.identity.Lineage;
import dev.remit.identity.PersonBook;
import dev.remit.mandate.Allotment;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.MandateBook;
import dev.remit.mandate.Permission;
import dev.remit.mandate.Share;
import dev.remit.mandate.Sheet;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Gathers the case: all reading that a decision needs happens here, before it. */
public final class Clerk {
    private final AgentBook agents;
    private final MandateBook mandates;
    private final ToolBook tools;
    private final PersonBook people;
    private final QuestionBook questions;
    private final Demands demands;
    private final Recall recall;
    private final Supplier<Rules> rules;
    private final InstantSource clock;
    private final StopSwitch stop = new StopSwitch();

    /**
     * @param recall knows what was seen under each mandate
     * @param rules gives the organisation's rules as they are now
     */
    public Clerk(
            AgentBook agents,
            MandateBook mandates,
            ToolBook tools,
            PersonBook people,
            QuestionBook questions,
            Demands demands,
            Recall recall,
            Supplier<Rules> rules,
            InstantSource clock) {
        this.agents = agents;
        this.mandates = mandates;
        this.tools = tools;
        this.people = people;
        this.questions = questions;
        this.demands = demands;
        this.recall = recall;
        this.rules = rules;
        this.clock = clock;
    }

    /** What stops every agent, whatever the books say. */
    public StopSwitch stop() {
        return stop;
    }

    Recall recall() {
        return recall;
    }

    /** The case as the books have it now. */
    public Case gather(Caller caller, Call call) {
        Optional<Sheet> sheet = sheet(caller);
        Optional<Pin> pin = tools.pin(call.tool());
        return new Case(
                caller,
                agent(caller.agent()),
                sheet,
                sheet.flatMap(this::giver),
                caller.lineage().map(lineage -> delegation(caller, lineage)),
                pin,
                sheet.flatMap(one -> question(one.mandate(), caller, call)),
                demands.of(call.tool()),
                sheet.filter(one -> one.isInForce(now()))
                        .flatMap(one -> pin.flatMap(it -> recall.provenance(one.mandate(), it))),
                Optional.empty(),
                rules.get(),
                call,
                clock.instant());
    }

    /**
     * The case of a call that was allowed, as the books have it now, under the mandate that allowed
     * it; whatever else may be looked at was seen to then.
     */
    Case again(Case file) {
        Optional<Sheet> sheet = file.sheet().flatMap(one -> mandates.find(one.mandate().id()));
        return new Case(
                file.caller(),
                agent(file.caller().agent()),
                sheet,
                sheet.flatMap(this::giver),
                file.caller().lineage().map(lineage -> delegation(file.caller(), lineage)),
                file.pin(),
                Optional.empty(),
                file.demand(),
                Optional.empty(),
                Optional.empty(),
                Rules.none(),
                file.call(),
                clock.instant());
    }

    /** Whether a question still waits for a person's answer. */
    public boolean isWaiting(QuestionId question) {
        return questions.question(question).filter(one -> one.isWaiting(now())).isPresent();
    }

    /** What a person was asked about this very call; looked for only where anybody can be asked. */
    private Optional<Question> question(Mandate mandate, Caller caller, Call call) {
        return mandate.limits().asks() == 0
                ? Optional.empty()
                : questions.question(
                        QuestionId.about(mandate.id(), caller.instance().id(), call.action()));
    }

    private Agent agent(AgentId id) {
        return agents.agent(id)
                .orElseThrow(() -> new IllegalStateException("an enrolled instance has an agent"));
    }

    private Delegation delegation(Caller caller, Lineage lineage) {
        List<Instance> through =
                lineage.behind().stream()
                        .flatMap(one -> agents.instance(one.instance()).stream())
                        .toList();
        return new Delegation(
                lineage.behind().stream().map(one -> agent(one.agent())).toList(),
                through,
                Share.read(lineage.share()),
                Allotment.of(Stream.concat(Stream.of(caller.instance()), through.stream())));
    }

    /** The mandate the caller's token names; if it names none, the agent's current one. */
    public Optional<Sheet> sheet(Caller caller) {
        return mandates.under(caller.agent(), caller.person(), caller.mandate());
    }

    /** Whether the caller would still be let in with what it was let in with. */
    boolean isStillAdmitted(Caller caller) {
        Instant now = now();
        return caller.isStillGood(agents)
                && Stream.concat(Stream.of(caller.instance()), behind(caller))
                        .flatMap(one -> one.from().stream())
                        .allMatch(from -> now.isBefore(from.until()));
    }

    private Stream<Instance> behind(Caller caller) {
        return caller.behind().stream().flatMap(one -> agents.instance(one.instance()).stream());
    }

    /** Whether the caller may still be told anything, though it was let in a while ago. */
    public boolean isStillGood(Caller caller) {
        return stop.stopped().isEmpty()
                && isStillAdmitted(caller)
                && sheet(caller).filter(sheet -> !giverHolds(sheet)).isEmpty();
    }

    private boolean giverHolds(Sheet sheet) {
        return giver(sheet).filter(one -> !one.stillHolds(sheet.mandate().givenAt())).isEmpty();
    }

    /** The caller, and the person whose mandate it asks under. */
    public Party party(Caller caller) {
        return new Party(caller.agent(), sheet(caller).map(sheet -> sheet.mandate().giver().id()));
    }

    /**
     * Whether the caller's mandate, as it is now, could ever allow a call of this tool; what tool
     * lists are cut to. A yes to more than one call is seen there at once.
     */
    public boolean couldAllow(Caller caller, Tool tool) {
        Optional<Sheet> found = stop.stopped().isEmpty() ? sheet(caller) : Optional.empty();
        if (found.isEmpty()) {
            return false;
        }
        Sheet sheet = found.get();
        Mandate mandate = sheet.mandate();
        boolean capped =
                caller.binding() == Binding.NONE && tools.pin(tool).filter(Pin::reads).isEmpty();
        return !capped
                && mandate.isOf(caller)
                && isInForce(sheet)
                && hasUses(sheet, tool, caller.lineage().map(one -> Share.read(one.share())));
    }

    /**
     * Whether the caller can ask for a mandate: one that acts under whatever it is given, and has
     * been given nothing that is still in force. Whose last one was revoked, or whose giver was
     * suspended, is to stop.
     */
    public boolean mayAskForMandate(Caller caller) {
        boolean live = caller.mandate().isEmpty() && caller.lineage().isEmpty();
        return live
                && stop.stopped().isEmpty()
                && sheet(caller).stream()
                        .noneMatch(
                                one ->
                                        one.isInForce(now())
                                                || !giverHolds(one)
                                                || one.mandate().status()
                                                        instanceof Mandate.Status.Revoked);
    }

    /** Whether the mandate has not ended, nor its giver been suspended since it was given. */
    public boolean isInForce(Sheet sheet) {
        return sheet.isInForce(now()) && giverHolds(sheet);
    }

    private Optional<Account> giver(Sheet sheet) {
        return people.account(sheet.mandate().giver().id());
    }

    private static boolean hasUses(Sheet sheet, Tool tool, Optional<Share> share) {
        for (Permission one : sheet.mandate().permissions().of(tool)) {
            boolean left = one.uses().isEmpty() || sheet.usage().of(one) < one.uses().getAsLong();
            if (left && share.stream().allMatch(some -> some.reaches(one, tool))) {
                return true;
            }
        }
        return false;
    }

    Instant now() {
        return clock.instant();
    }
}
