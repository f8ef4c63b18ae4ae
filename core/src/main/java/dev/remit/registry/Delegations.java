package dev.remit.registry;

import dev.remit.call.Value;
import dev.remit.identity.AccessToken;
import dev.remit.identity.Actor;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentBook;
import dev.remit.identity.AgentId;
import dev.remit.identity.Binding;
import dev.remit.identity.Instance;
import dev.remit.identity.Lineage;
import dev.remit.identity.PersonBook;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.MandateBook;
import dev.remit.mandate.Share;
import dev.remit.mandate.Sheet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Says what one instance may pass on to another (RFC 8693). */
public final class Delegations {
    private final AgentBook agents;
    private final MandateBook mandates;
    private final PersonBook people;

    public Delegations(AgentBook agents, MandateBook mandates, PersonBook people) {
        this.agents = agents;
        this.mandates = mandates;
        this.people = people;
    }

    /** What came of asking. */
    public sealed interface Answer {
        /** It may be passed on: this mandate, on this way. */
        record Passed(Mandate mandate, Lineage lineage) implements Answer {}

        /** It may not; the reason is for the one who asks. */
        record Refused(String why) implements Answer {}

        /** What is asked for is not plainly a part of what there is. */
        record TooMuch() implements Answer {}
    }

    /**
     * Passes on what a good token stands for.
     *
     * @param wanted the part that is asked for; all of it, unless said
     */
    public Answer pass(AccessToken subject, Instance to, Optional<Value> wanted, Instant now) {
        if (subject.binding() == Binding.NONE) {
            return new Answer.Refused("a token that is bound to no key is not passed on");
        }
        List<Actor> behind = new ArrayList<>();
        behind.add(subject.actor());
        behind.addAll(subject.behind());
        if (subject.mayAct().filter(only -> !only.equals(to.agent())).isPresent()) {
            return new Answer.Refused("the token may be passed on to another agent alone");
        }
        if (behind.size() > Lineage.DEPTH) {
            return new Answer.Refused(
                    "it was passed on " + Lineage.DEPTH + " times already; that is the most");
        }
        if (!isShallow(behind)) {
            return new Answer.Refused("its holder may pass it on no further");
        }
        if (isCircle(to, behind)) {
            return new Answer.Refused("the client is one of those whose hands it came through");
        }
        AgentId root = behind.getLast().agent();
        Optional<Mandate> mandate =
                mandates.under(root, subject.person(), subject.mandate())
                        .filter(one -> isInForce(one, now))
                        .map(Sheet::mandate);
        if (mandate.isEmpty()) {
            return new Answer.Refused("there is no mandate in force that could be passed on");
        }
        boolean allowed =
                mandate.get().agent().equals(root)
                        && acting(to, behind).allMatch(mandate.get()::reaches);
        if (!allowed) {
            return new Answer.Refused("the mandate may not be passed on to this agent");
        }
        if (!acting(to, behind).allMatch(this::isGood) || !behind.stream().allMatch(this::mayAct)) {
            return new Answer.Refused("an agent whose hands it comes through is suspended");
        }
        Share share =
                subject.lineage()
                        .map(one -> Share.read(one.share()))
                        .orElseGet(() -> Share.of(mandate.get()));
        return (wanted.isPresent() ? share.narrowed(wanted.get()) : Optional.of(share))
                .<Answer>map(
                        part -> new Answer.Passed(mandate.get(), new Lineage(behind, part.write())))
                .orElse(new Answer.TooMuch());
    }

    /** Whether each signature that it came by allows as many steps as there would be now. */
    private boolean isShallow(List<Actor> behind) {
        for (int i = 0; i < behind.size(); i++) {
            int steps = i + 1;
            boolean allowed =
                    agents.instance(behind.get(i).instance())
                            .flatMap(Instance::from)
                            .filter(from -> from.depth() < steps)
                            .isEmpty();
            if (!allowed) {
                return false;
            }
        }
        return true;
    }

    /** An instance never comes again, and an agent not after another. */
    private static boolean isCircle(Instance to, List<Actor> behind) {
        boolean comesAgain =
                behind.stream().skip(1).anyMatch(one -> one.agent().equals(to.agent()))
                        && !behind.getFirst().agent().equals(to.agent());
        return comesAgain || behind.stream().anyMatch(one -> one.instance().equals(to.id()));
    }

    private static Stream<AgentId> acting(Instance to, List<Actor> behind) {
        return Stream.concat(Stream.of(to.agent()), behind.stream().map(Actor::agent));
    }

    private boolean isInForce(Sheet sheet, Instant now) {
        return sheet.isInForce(now)
                && people.account(sheet.mandate().giver().id())
                        .filter(one -> !one.stillHolds(sheet.mandate().givenAt()))
                        .isEmpty();
    }

    private boolean mayAct(Actor one) {
        return agents.instance(one.instance()).filter(Instance::mayAct).isPresent();
    }

    private boolean isGood(AgentId id) {
        return agents.agent(id)
                .filter(one -> one.standing() instanceof Agent.Standing.Good)
                .isPresent();
    }
}
