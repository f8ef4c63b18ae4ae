package dev.remit.access;

import dev.remit.identity.Agent;
import dev.remit.identity.AgentBook;
import dev.remit.identity.AgentId;
import dev.remit.identity.Authenticator;
import dev.remit.identity.Caller;
import dev.remit.identity.Doubt;
import dev.remit.identity.Instance;
import dev.remit.identity.InstanceId;
import dev.remit.identity.InstanceQuery;
import dev.remit.identity.Introduction;
import dev.remit.identity.MandateId;
import dev.remit.identity.Page;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Whom a question is about, for whoever asks it: each sees those alone that it may ask about. */
final class Subjects {
    static final String AGENT = "agent";
    static final String INSTANCE = "instance";

    private static final String MANDATE_NEEDED =
            "Several people may have given this agent mandates; name the one that it acts under in"
                    + " `context.mandate`.";
    private static final String INSTANCE_NEEDED =
            "Several copies of this agent are enrolled; name the `instance`.";

    private final Authenticator authenticator;
    private final AgentBook agents;
    private final InstantSource clock;

    Subjects(Authenticator authenticator, AgentBook agents, InstantSource clock) {
        this.authenticator = authenticator;
        this.agents = agents;
        this.clock = clock;
    }

    /** What came of looking. */
    sealed interface Meant {
        record One(Caller caller) implements Meant {}

        /** Nobody whom the asker may ask about; whether there is somebody else is not told. */
        record Nobody() implements Meant {}

        record Several(String advice) implements Meant {}

        /** It was enrolled, and may not come in any more. */
        record Gone(Doubt doubt) implements Meant {}
    }

    /**
     * Looks for a subject.
     *
     * @param mandate which one it acts under, as a point says; an agent's stands in its token
     */
    Meant find(Asker asker, Entity subject, Optional<MandateId> mandate) {
        return switch (asker) {
            case Asker.OfAgent(Caller caller) ->
                    isSelf(caller, subject) ? new Meant.One(caller) : new Meant.Nobody();
            case Asker.OfPoint(Point point) -> find(point, subject, mandate);
        };
    }

    private static boolean isSelf(Caller caller, Entity subject) {
        return switch (subject.type()) {
            case AGENT -> caller.agent().text().equals(subject.id());
            case INSTANCE -> caller.instance().id().text().equals(subject.id());
            default -> false;
        };
    }

    private Meant find(Point point, Entity subject, Optional<MandateId> mandate) {
        try {
            return switch (subject.type()) {
                case AGENT ->
                        agents.agent(new AgentId(subject.id()))
                                .map(agent -> only(point, agent, mandate))
                                .orElse(new Meant.Nobody());
                case INSTANCE ->
                        agents.instance(new InstanceId(subject.id()))
                                .map(one -> vouched(point, one, mandate))
                                .orElse(new Meant.Nobody());
                default -> new Meant.Nobody();
            };
        } catch (IllegalArgumentException e) {
            return new Meant.Nobody(); // it is not even an id
        }
    }

    /**
     * An agent is meant by its one instance; those do not count that were revoked, nor those that
     * have but a part of what it has.
     */
    Meant only(Point point, Agent agent, Optional<MandateId> mandate) {
        Page<Instance> page =
                agents.instances(InstanceQuery.of(agent.id()), Page.START, Page.LONGEST);
        List<Instance> whole = page.items().stream().filter(one -> one.from().isEmpty()).toList();
        List<Instance> enrolled = whole.stream().filter(one -> !one.revoked()).toList();
        if (enrolled.size() > 1 || page.next().isPresent()) {
            return new Meant.Several(INSTANCE_NEEDED);
        }
        if (whole.isEmpty()) {
            return new Meant.Nobody();
        }
        return vouched(point, enrolled.isEmpty() ? whole.getLast() : enrolled.getFirst(), mandate);
    }

    Meant vouched(Point point, Instance instance, Optional<MandateId> mandate) {
        if (mandate.isEmpty() && isManyPeoples(instance)) {
            return new Meant.Several(MANDATE_NEEDED);
        }
        return switch (authenticator.vouched(
                point.word(), instance.id(), mandate, clock.instant())) {
            case Introduction.Known(Caller caller) -> new Meant.One(caller);
            case Introduction.Stranger(Doubt doubt) -> new Meant.Gone(doubt);
        };
    }

    /** A published client is one agent for all its people; its own token says for whom it acts. */
    private boolean isManyPeoples(Instance instance) {
        return instance.from().isEmpty()
                && (instance.key().isEmpty()
                        || agents.agent(instance.agent())
                                .filter(agent -> agent.tags().containsKey(Agent.DOCUMENT))
                                .isPresent());
    }
}
