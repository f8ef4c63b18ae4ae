package dev.remit.registry;

import dev.remit.approval.Likeness;
import dev.remit.approval.Question;
import dev.remit.approval.QuestionId;
import dev.remit.approval.Verdict;
import dev.remit.call.Arguments;
import dev.remit.decision.Refusal;
import dev.remit.identity.AgentId;
import dev.remit.identity.Authentication;
import dev.remit.identity.MandateId;
import dev.remit.identity.Person;
import dev.remit.ledger.Event;
import dev.remit.ledger.Ledger;
import dev.remit.ledger.Receipt;
import dev.remit.mandate.Limits;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.MandateBook;
import dev.remit.mandate.MandateSignature;
import dev.remit.mandate.Permission;
import dev.remit.mandate.Permissions;
import dev.remit.mandate.Proposal;
import dev.remit.mandate.Sheet;
import dev.remit.mandate.Task;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Gives, widens and ends mandates, for a person. */
public final class Grantor {
    private static final int MOST_STOPPED = 1_000;
    private static final int ATTEMPTS = 10;

    private final MandateBook mandates;
    private final Ceiling ceiling;
    private final Templates templates;
    private final Ledger ledger;
    private final Supplier<String> names;
    private final InstantSource clock;

    /** Of an organisation that has no templates. */
    public Grantor(
            MandateBook mandates,
            Ceiling ceiling,
            Ledger ledger,
            Supplier<String> names,
            InstantSource clock) {
        this(mandates, ceiling, Templates.none(), ledger, names, clock);
    }

    /**
     * @param names gives fresh unique names, letters and digits
     */
    public Grantor(
            MandateBook mandates,
            Ceiling ceiling,
            Templates templates,
            Ledger ledger,
            Supplier<String> names,
            InstantSource clock) {
        this.mandates = mandates;
        this.ceiling = ceiling;
        this.templates = templates;
        this.ledger = ledger;
        this.names = names;
        this.clock = clock;
    }

    /** What mandates can be made from. */
    public Templates templates() {
        return templates;
    }

    /** Gives a mandate with these limits, for a giver who is not at a page. */
    public Mandate give(
            Person giver, AgentId agent, Task task, Permissions permissions, Limits limits) {
        Duration lives = Duration.between(clock.instant(), limits.expiresAt());
        if (!lives.isPositive()) {
            throw new ActRefused("the mandate would have expired already; give it a later end");
        }
        Proposal proposal = Proposal.of(task, permissions, limits, lives, Optional.empty());
        return give(giver, agent, proposal, Set.of(), Optional.empty());
    }

    /**
     * Gives a mandate.
     *
     * @param delegates the agents that it may be passed on to
     * @param signIn how the giver has signed in, if on a page for people
     */
    public Mandate give(
            Person giver,
            AgentId agent,
            Proposal proposal,
            Set<AgentId> delegates,
            Optional<Authentication> signIn) {
        return give(propose(giver, agent, proposal, delegates, signIn));
    }

    /** What would be given now, to be shown to its giver first; nothing is given by this. */
    public Mandate propose(
            Person giver,
            AgentId agent,
            Proposal proposal,
            Set<AgentId> delegates,
            Optional<Authentication> signIn) {
        MandateId id = new MandateId("mdt_" + names.get());
        Mandate proposed = proposal.mandate(id, giver, agent, delegates, signIn, clock.instant());
        hold(proposed);
        return proposed;
    }

    /**
     * Gives nothing; says whether it could be given now.
     *
     * @throws ActRefused if not
     */
    public void check(Mandate proposed) {
        hold(proposed);
    }

    /** Gives exactly what was proposed; its giver has seen it. */
    public Mandate give(Mandate proposed) {
        return give(proposed, Optional.empty());
    }

    /** The same, if the signature is its giver's, on a page of this origin. */
    public Mandate give(Mandate proposed, MandateSignature signature, String origin) {
        signature
                .fault(proposed, origin)
                .ifPresent(
                        fault -> {
                            throw new ActRefused(fault.sentence());
                        });
        return give(proposed, Optional.of(signature));
    }

    private Mandate give(Mandate proposed, Optional<MandateSignature> signed) {
        hold(proposed);
        Event event = new Event.MandateGiven(proposed, signed);
        if (!(ledger.append(event, clock.instant()) instanceof Receipt)) {
            throw new ActRefused(
                    "there is no such agent, or the person is suspended"
                            + (signed.isPresent() ? ", or the passkey is not theirs now" : ""));
        }
        return proposed;
    }

    private void hold(Mandate proposed) {
        Instant now = clock.instant();
        if (!now.isBefore(proposed.limits().expiresAt())) {
            throw new ActRefused("the mandate would have expired already; give it a later end");
        }
        templates.hold(proposed);
        ceiling.hold(proposed, now);
    }

    /** Adds permissions; they are named on from the last one, so that no name is used twice. */
    public Mandate widen(MandateId id, List<Permission> more, Person by) {
        return change(
                id,
                by.id().text(),
                mandate -> {
                    List<Permission> all = new ArrayList<>(mandate.permissions().all());
                    for (Permission one : more) {
                        String name = "w" + mandate.version() + "-" + (all.size() + 1);
                        all.add(one.named(name));
                    }
                    Mandate wider = mandate.with(new Permissions(all), mandate.limits());
                    ceiling.hold(wider, clock.instant());
                    return wider;
                });
    }

    /**
     * Takes permissions away.
     *
     * @param kept the names of those that stay
     * @throws ActRefused if none would be left, or none is taken away
     */
    public Mandate narrow(MandateId id, Set<String> kept, Person by) {
        return change(
                id,
                by.id().text(),
                mandate -> {
                    List<Permission> left =
                            mandate.permissions().all().stream()
                                    .filter(one -> kept.contains(one.name()))
                                    .toList();
                    if (left.isEmpty()) {
                        throw new ActRefused("nothing would be left of it; revoke it instead");
                    }
                    if (left.size() == mandate.permissions().all().size()) {
                        throw new ActRefused("nothing is taken away");
                    }
                    return mandate.with(new Permissions(left), mandate.limits());
                });
    }

    /**
     * Answers a question, for the giver of its mandate or whoever may answer for them. The first
     * answer counts.
     *
     * @param asked the arguments of the call that was asked about
     * @return what the mandate has from now on, if the answer is for more than one call
     */
    public Optional<Permission> answer(
            Question question, Verdict verdict, Arguments asked, Person by) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (!question.isWaiting(clock.instant())) {
                break;
            }
            if (verdict.widens() && question.refusal().equals(Refusal.RULE_ASKS.code())) {
                throw new ActRefused(
                        "a rule wants a yes to each such call; say yes to this one, once");
            }
            Optional<Permission> more =
                    verdict.widens()
                            ? Optional.of(more(question, verdict, asked))
                            : Optional.empty();
            Event event =
                    new Event.QuestionAnswered(
                            question.id(),
                            question.mandate(),
                            verdict,
                            by.id(),
                            more.map(one -> widened(question.mandate(), one)));
            if (ledger.append(event, clock.instant()) instanceof Receipt) {
                return more;
            }
        }
        throw new ActRefused(
                "the question "
                        + question.id()
                        + " is answered, or too old, or its task has ended");
    }

    /**
     * Says no, and ends every mandate that this person gave the agent that asks; also if somebody
     * else answered meanwhile.
     */
    public void stopAt(Question question, Arguments asked, Person by) {
        try {
            answer(question, Verdict.NO, asked, by);
        } catch (ActRefused e) {
            // It is answered already, or too old; what follows does not hang from it.
        }
        Instant now = clock.instant();
        for (Sheet one : mandates.given(by.id(), MOST_STOPPED)) {
            if (one.mandate().agent().equals(question.agent()) && one.isInForce(now)) {
                revoke(one.mandate().id(), "stopped at a question it asked", by);
            }
        }
    }

    private static Permission more(Question question, Verdict verdict, Arguments asked) {
        String name = "q" + question.id().text().substring(QuestionId.PREFIX.length(), 20);
        return verdict == Verdict.FOR_TASK
                ? Likeness.exactly(name, question.tool(), asked)
                : Likeness.like(name, question.tool(), asked);
    }

    /** The mandate with one permission more; a later answer about the same takes its place. */
    private Mandate widened(MandateId id, Permission more) {
        Mandate mandate =
                mandates.find(id)
                        .orElseThrow(() -> new ActRefused("there is no mandate " + id))
                        .mandate();
        List<Permission> all =
                new ArrayList<>(
                        mandate.permissions().all().stream()
                                .filter(one -> !one.name().equals(more.name()))
                                .toList());
        all.add(more);
        Mandate wider = mandate.with(new Permissions(all), mandate.limits());
        ceiling.hold(wider, clock.instant());
        return wider;
    }

    public Mandate revoke(MandateId id, String why, Person by) {
        return change(
                id,
                by.id().text(),
                mandate ->
                        mandate.with(
                                new Mandate.Status.Revoked(by.id().text(), clock.instant(), why)));
    }

    public Mandate complete(MandateId id, Person by) {
        return change(
                id,
                by.id().text(),
                mandate -> mandate.with(new Mandate.Status.Completed(clock.instant())));
    }

    private Mandate change(MandateId id, String by, Function<Mandate, Mandate> act) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Sheet now =
                    mandates.find(id)
                            .orElseThrow(() -> new ActRefused("there is no mandate " + id));
            if (!(now.mandate().status() instanceof Mandate.Status.Active)) {
                throw new ActRefused("the mandate " + id + " has ended; give a new one");
            }
            Mandate changed = act.apply(now.mandate());
            Event event = new Event.MandateChanged(changed, by);
            if (ledger.append(event, clock.instant()) instanceof Receipt) {
                return changed;
            }
        }
        throw new ActRefused("the mandate keeps changing; try again");
    }
}
