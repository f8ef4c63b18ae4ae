package dev.remit.authority;

import dev.remit.identity.Agent;
import dev.remit.identity.AgentBook;
import dev.remit.identity.ClientAssertions;
import dev.remit.identity.Doubt;
import dev.remit.identity.Instance;
import dev.remit.identity.Jwk;
import dev.remit.identity.Jws;
import dev.remit.web.Form;
import java.time.Instant;
import java.util.Optional;

/** Finds out which client a request is from. Every endpoint that asks a client asks here. */
final class Clients {
    private static final String ASSERTION_TYPE =
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final ClientAssertions assertions;
    private final ClientDocuments documents;
    private final AgentBook agents;

    Clients(ClientAssertions assertions, ClientDocuments documents, AgentBook agents) {
        this.assertions = assertions;
        this.documents = documents;
        this.agents = agents;
    }

    /** A client, as far as it is known. */
    sealed interface Client {
        String id();

        /** An instance that proved its enrolled key ({@code private_key_jwt}). */
        record Enrolled(Instance instance) implements Client {
            @Override
            public String id() {
                return instance.id().text();
            }
        }

        /**
         * One that publishes what it is; if it publishes keys too, it has proven one of them
         * wherever it had to.
         */
        record Published(ClientDocument document) implements Client {
            @Override
            public String id() {
                return document.id().toString();
            }
        }
    }

    /**
     * The client that says who it is in this form, in the one way that is this client's.
     *
     * @param proven the key that the request proved; an enrolled client's must be its own
     * @throws OauthRefused if it is none that is known
     */
    Client of(Form form, Optional<Jwk> proven, Instant now) {
        boolean asserts =
                form.get("client_assertion").isPresent()
                        || form.get("client_assertion_type").isPresent();
        if (form.get("client_secret").isPresent()) {
            throw OauthRefused.of(Doubt.CLIENT_REFUSED);
        }
        if (!asserts) {
            return withoutProof(form);
        }
        Jws assertion =
                form.get("client_assertion")
                        .filter(
                                _ ->
                                        form.get("client_assertion_type")
                                                .filter(ASSERTION_TYPE::equals)
                                                .isPresent())
                        .flatMap(Jws::read)
                        .orElseThrow(() -> OauthRefused.of(Doubt.ASSERTION_REFUSED));
        String said = ClientAssertions.client(assertion).orElse("");
        if (!form.get("client_id").stream().allMatch(said::equals)) {
            throw OauthRefused.of(Doubt.ASSERTION_REFUSED);
        }
        return ClientDocument.isId(said)
                ? byPublishedKey(said, assertion, now)
                : enrolled(assertion, proven, now);
    }

    private Client withoutProof(Form form) {
        Client.Published client = published(form.get("client_id").orElse(""));
        if (client.document().keys().isPresent()) {
            throw OauthRefused.of(Doubt.ASSERTION_REFUSED);
        }
        return client;
    }

    private Client byPublishedKey(String id, Jws assertion, Instant now) {
        return welcome(id)
                .filter(document -> isSigned(document, assertion, now))
                .map(Client.Published::new)
                .orElseThrow(() -> OauthRefused.of(Doubt.ASSERTION_REFUSED));
    }

    private boolean isSigned(ClientDocument document, Jws assertion, Instant now) {
        String id = document.id().toString();
        return document.keys()
                .map(documents::ring)
                .filter(ring -> assertions.isOf(id, assertion, jws -> ring.made(jws, now), now))
                .isPresent();
    }

    private Client enrolled(Jws assertion, Optional<Jwk> proven, Instant now) {
        return assertions
                .instance(assertion, now)
                .filter(instance -> proven.stream().allMatch(instance::has))
                .map(Client.Enrolled::new)
                .orElseThrow(() -> OauthRefused.of(Doubt.ASSERTION_REFUSED));
    }

    /** A client by its address; nothing that it sends has proven anything yet. */
    Client.Published published(String id) {
        return welcome(id)
                .map(Client.Published::new)
                .orElseThrow(() -> OauthRefused.of(Doubt.CLIENT_REFUSED));
    }

    /** What a client publishes, unless the agent that goes by its address has ended. */
    private Optional<ClientDocument> welcome(String id) {
        return documents
                .find(id)
                .filter(
                        document ->
                                agents.agent(document.agent()).stream().allMatch(Agent::isGood));
    }
}
