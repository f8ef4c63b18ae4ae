package dev.remit.authority;

import dev.remit.identity.Agent;
import dev.remit.identity.AgentBook;
import dev.remit.identity.AgentId;
import dev.remit.identity.Authentication;
import dev.remit.identity.Instance;
import dev.remit.identity.Jwk;
import dev.remit.identity.PersonId;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.MandateSignature;
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
    private final Registrar registrar;

    private final Grantor grantor;
    private final AgentBook agents;
    private final InForce inForce;
    private final String origin;
    private final InstantSource clock;

    /**
     * @param origin the one origin that people use
     */
    Consents(
            Registrar registrar,
            Grantor grantor,
            AgentBook agents,
            InForce inForce,
            String origin,
            InstantSource clock) {
        this.registrar = registrar;
        this.grantor = grantor;
        this.agents = agents;
        this.inForce = inForce;
        this.origin = origin;
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
     * What a yes would give, refused as giving it would be.
     *
     * @param signIn how the person has shown who they are when they say yes
     * @throws ActRefused if nobody may give it
     */
    Mandate propose(
            AuthorizationRequest request, Proposal wish, SignedIn who, Authentication signIn) {
        return grantor.propose(
                who.person(), agent(request.client()), wish, Set.of(), Optional.of(signIn));
    }

    /** The agent that would be given it; that of a published client may be yet to be added. */
    private static AgentId agent(Clients.Client client) {
        return switch (client) {
            case Clients.Client.Enrolled(Instance instance) -> instance.agent();
            case Clients.Client.Published(ClientDocument document) -> document.agent();
        };
    }

    /**
     * Gives exactly what was proposed.
     *
     * @param signed by the passkey of its giver, who has one
     * @param life how long the client has to fetch it
     * @throws ActRefused if it cannot be given
     */
    Consent give(
            AuthorizationRequest request,
            Mandate proposed,
            Optional<MandateSignature> signed,
            SignedIn who,
            Duration life) {
        grantor.check(proposed); // before an agent is added for it
        if (request.client() instanceof Clients.Client.Published(ClientDocument document)) {
            note(goingBy(document, who), document, who);
        }
        Mandate mandate =
                signed.isPresent()
                        ? grantor.give(proposed, signed.get(), origin)
                        : grantor.give(proposed);
        Optional<String> code =
                switch (request.client()) {
                    case Clients.Client.Enrolled _ -> Optional.empty();
                    case Clients.Client.Published _ ->
                            Optional.of(
                                    registrar.issueCode(
                                            mandate.agent(), life, who.person().id().text()));
                };
        return new Consent(request, who.person().id(), mandate, code);
    }

    /** Writes down what the client publishes now, if that is not what it was. */
    private void note(Agent agent, ClientDocument document, SignedIn who) {
        String digest = document.digest().base64Url();
        if (!digest.equals(agent.tags().get(Agent.DOCUMENT))) {
            registrar.tag(
                    agent.id(), Map.of(Agent.DOCUMENT, digest), Set.of(), who.person().id().text());
        }
    }

    /** Whether the client publishes something else than when it was last given a mandate. */
    boolean hasChanged(Clients.Client client) {
        return switch (client) {
            case Clients.Client.Enrolled _ -> false;
            case Clients.Client.Published(ClientDocument document) ->
                    agents.agent(document.agent())
                            .map(agent -> agent.tags().get(Agent.DOCUMENT))
                            .filter(then -> !then.equals(document.digest().base64Url()))
                            .isPresent();
        };
    }

    /** The agent that goes by this address; it is added when it is first given something. */
    private Agent goingBy(ClientDocument client, SignedIn who) {
        AgentId id = client.agent();
        Optional<Agent> known = agents.agent(id);
        if (known.isPresent()) {
            return known.get();
        }
        try {
            return registrar.add(id, client.agentName(), who.person().id().text());
        } catch (ActRefused e) { // somebody else may have said yes to it at the same time
            return agents.agent(id).orElseThrow(() -> e);
        }
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
                    agents.agent(document.agent()).stream().allMatch(Agent::isGood);
        };
    }
}
