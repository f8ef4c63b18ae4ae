package dev.remit.registry;

import dev.remit.identity.Agent;
import dev.remit.identity.AgentBook;
import dev.remit.identity.DelegationChain;
import dev.remit.identity.DelegationStep;
import dev.remit.identity.Descent;
import dev.remit.identity.Instance;
import dev.remit.identity.InstanceId;
import dev.remit.identity.Jwk;
import dev.remit.identity.Lineage;
import dev.remit.identity.PersonBook;
import dev.remit.ledger.Event;
import dev.remit.ledger.Ledger;
import dev.remit.mandate.ChainFault;
import dev.remit.mandate.ChainRules;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.MandateBook;
import dev.remit.mandate.Share;
import dev.remit.mandate.Sheet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes in those whom an instance passed a part of its authority on to by its signature alone. What
 * a child has is found out once, when it first comes, and does not grow afterwards.
 */
public final class Delegates {
    private final ChainRules rules;
    private final AgentBook agents;
    private final MandateBook mandates;
    private final PersonBook people;
    private final Ledger ledger;

    public Delegates(
            ChainRules rules,
            AgentBook agents,
            MandateBook mandates,
            PersonBook people,
            Ledger ledger) {
        this.rules = rules;
        this.agents = agents;
        this.mandates = mandates;
        this.people = people;
        this.ledger = ledger;
    }

    /** What came of showing a chain. */
    public sealed interface Answer {
        record Enrolled(Instance instance) implements Answer {}

        record Refused(ChainFault fault) implements Answer {}
    }

    /** Enrols the last child of the chain, and those before it, unless they are here already. */
    public Answer enrol(String text, Jwk proven, Instant now) {
        Optional<DelegationChain> read = DelegationChain.read(text);
        if (read.isEmpty()) {
            return new Answer.Refused(ChainFault.UNREADABLE);
        }
        List<DelegationStep.Signed> steps = read.get().steps();
        Optional<Instance> root = root(steps.getFirst().step().issuer());
        if (root.isEmpty()) {
            return new Answer.Refused(ChainFault.ROOT);
        }
        Optional<ChainFault> fault =
                rules.fault(
                        steps,
                        new ChainRules.Root(root.get().id().text(), root.get().key().orElseThrow()),
                        now);
        if (fault.isPresent()) {
            return new Answer.Refused(fault.get());
        }
        if (!read.get().last().step().key().equals(proven)) {
            return new Answer.Refused(ChainFault.KEY);
        }
        Optional<Mandate> mandate =
                inForce(steps.getFirst().step(), now)
                        .filter(one -> one.agent().equals(root.get().agent()));
        if (mandate.isEmpty()) {
            return new Answer.Refused(ChainFault.MANDATE);
        }
        return hang(steps, root.get(), mandate.get(), now);
    }

    /** An instance that acts by nobody's leave but a person's. */
    private Optional<Instance> root(String name) {
        try {
            return agents.instance(new InstanceId(name))
                    .filter(one -> one.mayAct() && one.key().isPresent())
                    .filter(one -> one.from().isEmpty())
                    .filter(one -> agents.agent(one.agent()).filter(Agent::isGood).isPresent());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<Mandate> inForce(DelegationStep step, Instant now) {
        return mandates.find(step.mandate())
                .map(Sheet::mandate)
                .filter(one -> one.isInForce(now))
                .filter(
                        one ->
                                people.account(one.giver().id())
                                        .filter(giver -> giver.stillHolds(one.givenAt()))
                                        .isPresent());
    }

    /** What each has is computed before the first is written down. */
    private Answer hang(
            List<DelegationStep.Signed> steps, Instance root, Mandate mandate, Instant now) {
        Share share = Share.of(mandate);
        InstanceId parent = root.id();
        Optional<Instance> last = Optional.empty();
        List<Event.DelegateEnrolled> fresh = new ArrayList<>();
        for (DelegationStep.Signed signed : steps) {
            InstanceId id = signed.child(parent);
            Optional<Instance> known = agents.instance(id);
            if (known.filter(one -> !one.mayAct()).isPresent()) {
                return new Answer.Refused(ChainFault.ENDED);
            }
            Optional<Descent> from = known.flatMap(Instance::from);
            Optional<Share> part =
                    from.isPresent()
                            ? Optional.of(Share.read(from.get().share()))
                            : part(signed.step(), share);
            if (part.isEmpty()) {
                return new Answer.Refused(ChainFault.NOTHING);
            }
            Instance child = known.orElse(child(id, root, parent, signed.step(), part.get(), now));
            if (known.isEmpty()) {
                fresh.add(new Event.DelegateEnrolled(child, signed.compact()));
            }
            share = part.get();
            parent = id;
            last = Optional.of(child);
        }
        for (Event.DelegateEnrolled one : fresh) {
            ledger.append(one, now); // another may have been faster; it then wrote the same
            if (agents.instance(one.instance().id()).filter(Instance::mayAct).isEmpty()) {
                return new Answer.Refused(ChainFault.ENDED);
            }
        }
        return new Answer.Enrolled(last.orElseThrow());
    }

    private static Optional<Share> part(DelegationStep step, Share wider) {
        return ChainRules.share(step).flatMap(one -> one.within(wider));
    }

    private static Instance child(
            InstanceId id,
            Instance root,
            InstanceId parent,
            DelegationStep step,
            Share share,
            Instant now) {
        return Instance.enrolled(id, root.agent(), step.key(), now)
                .hangingFrom(
                        new Descent(
                                parent,
                                step.mandate(),
                                share.write(),
                                step.depth(),
                                step.uses(),
                                step.expiresAt()));
    }

    /** Where the authority of such an instance comes from. */
    public Lineage lineage(Instance child) {
        return Descent.lineage(child, agents);
    }
}
