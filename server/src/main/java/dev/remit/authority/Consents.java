package dev.remit.authority;

import dev.remit.identity.Agent;
import dev.remit.identity.AgentBook;
import dev.remit.identity.AgentId;
import dev.remit.identity.Instance;
import dev.remit.identity.Jwk;
import dev.remit.identity.PersonId;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Proposal;
import dev.remit.registry.ActRefused;
import dev.remit.registry.Grantor;
import dev.remit.registry.Registrar;
import dev.remit.session.SignedIn;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns a person's yes into a mandate, and that into the instance that acts under it; for every way
 * of asking. An enrolled agent gets the mandate itself. For a client that publishes what it is, an
 * agent goes by its address, and the code with which its key becomes an instance is an enrolment
 * code like any other, so that the books see to it that it is used once.
 */
final class Consents {
    /** The tag with the digest of what a client published when it was last consented to. */
    private final Registrar registrar;

    private final Grantor grantor;
    private final AgentBook agents;
    private final InForce inForce;
    private final InstantSource clock;

    Consents(
            Registrar registrar,
            Grantor grantor,
            AgentBook agents,
            InForce inForce,
            InstantSource clock) {
        this.registrar = registrar;
        this.grantor = grantor;
        this.agents = agents;
        this.inForce = inForce;
        this.clock = clock;
    }

    /**
     * What one person consented to.
     *
     * @param code enrols the key of the client that asked, once; empty if it is enrolled
     */
    record Consent(
            AuthorizationRequest request,
            PersonId person,
            Mandate mandate,
            Optional<String> code) {}

    /** A consent and the instance that may act under it. */
    record Fetched(Consent consent, Instance instance) {}

    /**
     * Gives the mandate.
     *
     * @param life how long the client has to fetch it
     */
    Consent give(AuthorizationRequest request, Proposal wish, SignedIn who, Duration life) {
        AgentId agent =
                switch (request.client()) {
                    case Clients.Client.Enrolled(Instance instance) -> instance.agent();
                    case Clients.Client.Published(ClientDocument document) ->
                            noted(goingBy(document, who), document, who).id();
                };
        Mandate mandate =
                grantor.give(who.person(), agent, wish, Set.of(), Optional.of(who.shown()));
        Optional<String> code =
                switch (request.client()) {
                    case Clients.Client.Enrolled _ -> Optional.empty();
                    case Clients.Client.Published _ ->
                            Optional.of(registrar.issueCode(agent, life, who.person().id().text()));
                };
        return new Consent(request, who.person().id(), mandate, code);
    }

    /**
     * What a yes would give, refused as giving it would be.
     *
     * @throws ActRefused if nobody may give it
     */
    Mandate preview(AuthorizationRequest request, Proposal wish, SignedIn who) {
        AgentId agent =
                switch (request.client()) {
                    case Clients.Client.Enrolled(Instance instance) -> instance.agent();
                    case Clients.Client.Published(ClientDocument document) ->
                            agents.agentNamed(document.agentName())
                                    .map(Agent::id)
                                    .orElse(new AgentId("agt_new"));
                };
        return grantor.propose(who.person(), agent, wish, Set.of(), Optional.of(who.shown()));
    }

    /** Writes down what the client publishes now, if that is not what it was. */
    private Agent noted(Agent agent, ClientDocument document, SignedIn who) {
        String digest = document.digest().base64Url();
        if (!digest.equals(agent.tags().get(Agent.DOCUMENT))) {
            registrar.tag(
                    agent.id(), Map.of(Agent.DOCUMENT, digest), Set.of(), who.person().id().text());
        }
        return agent;
    }

    /** Whether the client publishes something else than when it was last given a mandate. */
    boolean hasChanged(Clients.Client client) {
        return switch (client) {
            case Clients.Client.Enrolled _ -> false;
            case Clients.Client.Published(ClientDocument document) ->
                    agents.agentNamed(document.agentName())
                            .map(agent -> agent.tags().get(Agent.DOCUMENT))
                            .filter(then -> !then.equals(document.digest().base64Url()))
                            .isPresent();
        };
    }

    /** The agent that goes by this address; it is added when it is first consented to. */
    private Agent goingBy(ClientDocument client, SignedIn who) {
        String name = client.agentName();
        return agents.agentNamed(name)
                .orElseGet(() -> registrar.add(name, who.person().id().text()));
    }

    /**
     * The instance for this key, or for none; empty if the consent was fetched before, is too old,
     * or what was consented to has ended.
     */
    Optional<Fetched> fetch(Consent consent, Optional<Jwk> key) {
        Mandate mandate = consent.mandate();
        if (!inForce.isGood(mandate.agent(), Optional.of(mandate.id()), clock.instant())) {
            return Optional.empty();
        }
        Optional<Instance> instance =
                switch (consent.request().client()) {
                    case Clients.Client.Enrolled(Instance known) -> agents.instance(known.id());
                    case Clients.Client.Published _ ->
                            consent.code().flatMap(code -> registrar.enrol(code, key));
                };
        return instance.map(one -> new Fetched(consent, one));
    }

    /** What is to be believed of the client: an address's host, or what it was enrolled as. */
    String nameOf(Clients.Client client) {
        return switch (client) {
            case Clients.Client.Enrolled(Instance instance) ->
                    agents.agent(instance.agent()).map(Agent::name).orElse("an unknown agent");
            case Clients.Client.Published(ClientDocument document) -> document.id().getHost();
        };
    }

    /** Whether the client could use a yes; it may have ended since it asked. */
    boolean isOpen(AuthorizationRequest request) {
        return switch (request.client()) {
            case Clients.Client.Enrolled(Instance asked) ->
                    agents.instance(asked.id())
                            .filter(Instance::mayAct)
                            .flatMap(one -> agents.agent(one.agent()))
                            .filter(Agent::isGood)
                            .isPresent();
            case Clients.Client.Published(ClientDocument document) ->
                    agents.agentNamed(document.agentName()).stream().allMatch(Agent::isGood);
        };
    }
}
