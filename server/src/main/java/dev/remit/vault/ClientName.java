package dev.remit.vault;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.http.fetch.Fetched;
import dev.remit.http.fetch.SafeFetch;
import dev.remit.identity.Origin;
import dev.remit.identity.Secret;
import dev.remit.registry.ActRefused;
import dev.remit.vault.Client.Manner;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * As whom the gateway is known at an upstream's authorization server: as the operator says, else by
 * the document that it publishes of itself (client ID metadata document), else as it is registered
 * there on the spot (RFC 7591).
 */
final class ClientName {
    private static final String METHOD = "token_endpoint_auth_method";

    private final SafeFetch fetch;
    private final URI callback;
    private final URI document;

    ClientName(SafeFetch fetch, URI callback) {
        this.fetch = fetch;
        this.callback = callback;
        this.document = callback.resolve(ConsentEdge.DOCUMENT);
    }

    /** The document that the gateway publishes of itself. */
    Value.Fields published() {
        return aboutItself()
                .put("client_id", document.toString())
                .put("client_uri", callback.resolve("/").toString())
                .put(METHOD, Manner.NONE.word())
                .build();
    }

    private Value.Building aboutItself() {
        boolean local = Origin.of(callback).isLoopback();
        return Value.object()
                .put("client_name", "Remit")
                .put("application_type", local ? "native" : "web")
                .put("redirect_uris", Value.ofTexts(List.of(callback.toString())))
                .put("grant_types", Value.ofTexts(List.of("authorization_code", "refresh_token")))
                .put("response_types", Value.ofTexts(List.of("code")));
    }

    /**
     * @param id as the operator says
     */
    Client at(Discovery.Found found, Optional<String> id, Optional<Secret> secret) {
        if (id.isPresent()) {
            Manner manner = secret.isPresent() ? withSecret(found) : Manner.NONE;
            return new Client(found.token(), id.get(), secret, manner);
        }
        if (found.takesDocuments() && document.getScheme().equals("https")) {
            return new Client(found.token(), document.toString(), Optional.empty(), Manner.NONE);
        }
        return registered(found);
    }

    private static Manner withSecret(Discovery.Found found) {
        return found.takes(Manner.CLIENT_SECRET_BASIC) || !found.takes(Manner.CLIENT_SECRET_POST)
                ? Manner.CLIENT_SECRET_BASIC
                : Manner.CLIENT_SECRET_POST;
    }

    private Client registered(Discovery.Found found) {
        URI register =
                found.register()
                        .orElseThrow(
                                () ->
                                        new ActRefused(
                                                "the upstream's authorization server registers"
                                                        + " nobody by itself; register there and"
                                                        + " give --client-id"));
        Manner wanted = found.takes(Manner.NONE) ? Manner.NONE : withSecret(found);
        Value.Fields asked = aboutItself().put(METHOD, wanted.word()).build();
        try {
            if (fetch.fetch(SafeFetch.Asked.json(register, asked.json()))
                            instanceof Fetched.Answered answered
                    && answered.status() < 300) {
                return client(found, JsonReader.readFields(answered.body()));
            }
            throw notRegistered();
        } catch (MalformedJson e) {
            throw notRegistered();
        }
    }

    private static Client client(Discovery.Found found, Value.Fields said) {
        String id = said.text("client_id").orElseThrow(ClientName::notRegistered);
        Optional<Secret> secret = said.text("client_secret").map(Secret::new);
        Optional<String> method = said.text(METHOD);
        for (Manner one : Manner.values()) {
            boolean fits = secret.isPresent() || one == Manner.NONE;
            if (fits && method.equals(Optional.of(one.word()))) {
                return new Client(found.token(), id, secret.filter(_ -> one != Manner.NONE), one);
            }
        }
        if (method.isPresent()) {
            throw notRegistered();
        }
        boolean shown =
                found.takes(Manner.CLIENT_SECRET_BASIC) || found.takes(Manner.CLIENT_SECRET_POST);
        return secret.isPresent() && shown
                ? new Client(found.token(), id, secret, withSecret(found))
                : new Client(found.token(), id, Optional.empty(), Manner.NONE);
    }

    private static ActRefused notRegistered() {
        return new ActRefused(
                "the upstream's authorization server did not register this gateway; register there"
                        + " and give --client-id");
    }
}
