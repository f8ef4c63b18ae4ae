package dev.remit.vault;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.http.BearerChallenge;
import dev.remit.http.fetch.Fetched;
import dev.remit.http.fetch.SafeFetch;
import dev.remit.identity.Origin;
import dev.remit.identity.Secret;
import dev.remit.registry.ActRefused;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds out how an upstream's tokens are had: RFC 9728, then RFC 8414 or OpenID Connect. */
final class Discovery {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9:/?&=._~%+\\[\\]@,-]+");
    private static final String JSON = "application/json";
    private static final String EVENTS = "text/event-stream";
    private static final String OFFLINE = "offline_access"; // without it, no refresh token

    /** What is asked without a token, to be told how to get one. */
    private static final String LISTING =
            """
            {"jsonrpc":"2.0","id":0,"method":"tools/list","params":{"_meta":{\
            "io.modelcontextprotocol/protocolVersion":"2026-07-28",\
            "io.modelcontextprotocol/clientInfo":{"name":"remit","version":"0.1.0"},\
            "io.modelcontextprotocol/clientCapabilities":{}}}}""";

    private final SafeFetch fetch;

    Discovery(SafeFetch fetch) {
        this.fetch = fetch;
    }

    /**
     * What was found.
     *
     * @param resource as the upstream itself says it
     * @param scopes what to ask for: as the challenge says, else all that there are; and to come
     *     back later, where that is something to ask for
     * @param manners how clients may say who they are
     * @param takesDocuments whether a client may be the address of what it says of itself
     * @param namesItself whether answers come with {@code iss} (RFC 9207)
     */
    record Found(
            String resource,
            List<String> scopes,
            String issuer,
            URI authorize,
            URI token,
            Optional<URI> register,
            List<String> manners,
            boolean takesDocuments,
            boolean namesItself) {
        /** Whether clients may say in this manner who they are; any, where nothing is said. */
        boolean takes(Client.Manner manner) {
            return manners.isEmpty() || manners.contains(manner.word());
        }
    }

    Found of(URI upstream) {
        BearerChallenge challenge = challenge(upstream);
        Value.Fields resource = resource(upstream, challenge);
        String issuer =
                resource.items("authorization_servers").stream()
                        .filter(Value.Text.class::isInstance)
                        .map(one -> ((Value.Text) one).value())
                        .findFirst()
                        .orElseThrow(
                                () -> new ActRefused("the upstream names no authorization server"));
        Value.Fields server = server(issuer);
        if (!server.items("code_challenge_methods_supported").contains(Value.of("S256"))) {
            throw new ActRefused(
                    "the upstream's authorization server does not know PKCE with S256");
        }
        return new Found(
                resource.text("resource").orElseThrow(),
                scopes(challenge, resource, server),
                issuer,
                page(server),
                endpoint(server, "token_endpoint"),
                server.get("registration_endpoint")
                        .map(_ -> endpoint(server, "registration_endpoint")),
                texts(server, "token_endpoint_auth_methods_supported"),
                server.flag("client_id_metadata_document_supported"),
                server.flag("authorization_response_iss_parameter_supported"));
    }

    private static List<String> scopes(
            BearerChallenge challenge, Value.Fields resource, Value.Fields server) {
        Set<String> scopes =
                new LinkedHashSet<>(
                        challenge
                                .scope()
                                .map(said -> List.of(said.split(" ", -1)))
                                .orElseGet(() -> texts(resource, "scopes_supported")));
        if (texts(server, "scopes_supported").contains(OFFLINE)) {
            scopes.add(OFFLINE);
        }
        return List.copyOf(scopes);
    }

    private static List<String> texts(Value.Fields fields, String name) {
        return fields.items(name).stream()
                .filter(Value.Text.class::isInstance)
                .map(one -> ((Value.Text) one).value())
                .filter(one -> one.matches("[\\x21\\x23-\\x5b\\x5d-\\x7e]{1,200}"))
                .toList();
    }

    /** The upstream's own metadata: where its challenge says, else where they usually are. */
    private Value.Fields resource(URI upstream, BearerChallenge challenge) {
        List<URI> places = new ArrayList<>();
        challenge.resourceMetadata().flatMap(Discovery::uri).ifPresent(places::add);
        places.add(wellKnown(upstream, "oauth-protected-resource"));
        places.add(upstream.resolve("/.well-known/oauth-protected-resource"));
        for (URI place : places) {
            Optional<Value.Fields> found = json(place);
            if (found.isPresent() && isAbout(found.get(), upstream)) {
                return found.get();
            }
        }
        throw new ActRefused("the upstream does not say who gives tokens for it (RFC 9728)");
    }

    /** What the upstream says to a request without a token: one for its tools, else a stream. */
    private BearerChallenge challenge(URI upstream) {
        for (SafeFetch.Asked asked : List.of(listing(upstream), listening(upstream))) {
            if (fetch.fetch(asked) instanceof Fetched.Answered answered
                    && answered.status() == 401) {
                return BearerChallenge.of(answered.headers().getOrDefault("www-authenticate", ""));
            }
        }
        return BearerChallenge.of("");
    }

    private static SafeFetch.Asked listing(URI upstream) {
        return new SafeFetch.Asked(
                upstream,
                Map.of(
                        "Content-Type", new Secret(JSON),
                        "MCP-Protocol-Version", new Secret("2026-07-28"),
                        "Mcp-Method", new Secret("tools/list")),
                Optional.of(new Secret(LISTING)),
                Set.of(JSON, EVENTS));
    }

    private static SafeFetch.Asked listening(URI upstream) {
        return SafeFetch.Asked.get(upstream, JSON, EVENTS);
    }

    /** Whether the metadata are for this very upstream, or for all below a path it is in. */
    private static boolean isAbout(Value.Fields metadata, URI upstream) {
        Optional<URI> resource = metadata.text("resource").flatMap(Discovery::uri);
        if (resource.isEmpty() || resource.get().getHost() == null) {
            return false;
        }
        String path = resource.get().getPath();
        String below = path.endsWith("/") ? path : path + "/";
        return Origin.of(resource.get()).equals(Origin.of(upstream))
                && (upstream.getPath() + "/").startsWith(below);
    }

    private Value.Fields server(String issuer) {
        URI url = uri(issuer).orElseThrow(() -> new ActRefused("the issuer is no URL"));
        String path = url.getPath() == null ? "" : url.getPath().replaceAll("/+$", "");
        List<URI> places =
                List.of(
                        wellKnown(url, "oauth-authorization-server"),
                        wellKnown(url, "openid-configuration"),
                        url.resolve(path + "/.well-known/openid-configuration"));
        for (URI place : places) {
            Optional<Value.Fields> found = json(place);
            if (found.isPresent() && found.get().text("issuer").equals(Optional.of(issuer))) {
                return found.get();
            }
        }
        throw new ActRefused(
                "the upstream's authorization server does not describe itself (RFC 8414)");
    }

    private URI endpoint(Value.Fields server, String name) {
        return server.text(name)
                .flatMap(Discovery::uri)
                .filter(fetch::mayBeAsked)
                .orElseThrow(
                        () ->
                                new ActRefused(
                                        "the authorization server's " + name + " is no https URL"));
    }

    /** A page that a person is sent to: nothing in its address means anything to a shell. */
    private URI page(Value.Fields server) {
        URI page = endpoint(server, "authorization_endpoint");
        if (!PLAIN.matcher(page.toString()).matches()) {
            throw new ActRefused("the authorization server's page has an odd address");
        }
        return page;
    }

    private static URI wellKnown(URI url, String name) {
        String path = url.getPath() == null ? "" : url.getPath().replaceAll("/+$", "");
        return url.resolve("/.well-known/" + name + path);
    }

    private Optional<Value.Fields> json(URI place) {
        try {
            return fetch.fetch(SafeFetch.Asked.get(place, JSON))
                                    instanceof Fetched.Answered answered
                            && answered.status() == 200
                    ? Optional.of(JsonReader.readFields(answered.body()))
                    : Optional.empty();
        } catch (MalformedJson e) {
            return Optional.empty();
        }
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(URI.create(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
