package dev.remit.identity;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Proof that a request's token, DPoP proof and key have been checked, as far as the token is bound
 * to one, and every hand that the authority came through. Only the {@link Authenticator} makes one.
 *
 * <p>It says who asks, not what is allowed: that is for the mandate, as it is when the call is
 * decided.
 */
public final class Caller {
    private final Instance instance;
    private final AccessToken token;
    private final Binding binding;

    Caller(Instance instance, AccessToken token, Binding binding) {
        this.instance = instance;
        this.token = token;
        this.binding = binding;
    }

    public Instance instance() {
        return instance;
    }

    public AgentId agent() {
        return instance.agent();
    }

    /** What stands behind the request; whoever is not bound may do less. */
    public Binding binding() {
        return binding;
    }

    /** The person that the token says it is for. */
    public Optional<PersonId> person() {
        return token.person();
    }

    /** The mandate the token was asked for; empty means the agent's current one. */
    public Optional<MandateId> mandate() {
        return token.mandate();
    }

    /** Where the authority comes from, if it was passed on. */
    public Optional<Lineage> lineage() {
        return token.lineage();
    }

    /** Those through whose hands the authority came, the nearest first. */
    public List<Actor> behind() {
        return token.behind();
    }

    /**
     * Whether the caller would still be let in and may act; for what goes on after the request was
     * read.
     */
    public boolean isStillGood(AgentBook book) {
        return Authenticator.doubt(token, book).isEmpty()
                && instances()
                        .allMatch(id -> book.instance(id).filter(Instance::mayAct).isPresent())
                && agents().allMatch(id -> book.agent(id).filter(Agent::isGood).isPresent());
    }

    /** The agent that the mandate was given to. */
    public AgentId root() {
        return token.lineage().map(Lineage::root).orElse(agent());
    }

    private Stream<InstanceId> instances() {
        return Stream.concat(Stream.of(instance.id()), behind().stream().map(Actor::instance));
    }

    /** Everybody who acts, the caller first. */
    public Stream<AgentId> agents() {
        return Stream.concat(Stream.of(agent()), behind().stream().map(Actor::agent));
    }
}
