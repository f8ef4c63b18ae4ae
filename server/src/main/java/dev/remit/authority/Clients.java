package dev.remit.authority;

import dev.remit.identity.ClientAssertions;
import dev.remit.identity.Doubt;
import dev.remit.identity.Instance;
import dev.remit.identity.Jwk;
import dev.remit.web.Form;
import java.time.Instant;
import java.util.Optional;

/** Finds out which client a request is from. Every endpoint that asks a client asks here. */
final class Clients {
    private static final String ASSERTION_TYPE =
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final ClientAssertions assertions;
    private final ClientDocuments documents;

    Clients(ClientAssertions assertions, ClientDocuments documents) {
        this.assertions = assertions;
        this.documents = documents;
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

        /** One that publishes what it is and has nothing to prove it with. */
        record Published(ClientDocument document) implements Client {
            @Override
            public String id() {
                return document.id().toString();
            }
        }
    }

    /**
     * The client that says who it is in this form.
     *
     * @param proven the key that the request proved; an enrolled client's must be its own
     * @throws OauthRefused if it is none that is known
     */
    Client of(Form form, Optional<Jwk> proven, Instant now) {
        boolean asserts =
                form.get("client_assertion").isPresent()
                        || form.get("client_assertion_type").isPresent();
        return asserts ? enrolled(form, proven, now) : published(form.get("client_id").orElse(""));
    }

    private Client enrolled(Form form, Optional<Jwk> proven, Instant now) {
        Optional<Instance> instance =
                form.get("client_assertion_type").equals(Optional.of(ASSERTION_TYPE))
                        ? assertions.instance(form.get("client_assertion").orElse(""), now)
                        : Optional.empty();
        boolean named =
                instance.isPresent()
                        && form.get("client_id").stream()
                                .allMatch(instance.get().id().text()::equals);
        if (!named || proven.filter(key -> !key.equals(instance.get().key())).isPresent()) {
            throw OauthRefused.of(Doubt.ASSERTION_REFUSED);
        }
        return new Client.Enrolled(instance.get());
    }

    /** A client by its address; what it sends proves nothing yet. */
    Client.Published published(String id) {
        return documents
                .find(id)
                .map(Client.Published::new)
                .orElseThrow(() -> OauthRefused.of(Doubt.CLIENT_REFUSED));
    }
}
