package dev.remit.vault;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.http.fetch.Fetched;
import dev.remit.http.fetch.SafeFetch;
import dev.remit.identity.Origin;
import dev.remit.registry.ActRefused;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds out how an upstream's tokens are had: RFC 9728, then RFC 8414 or OpenID Connect. */
final class Discovery {
    private static final Pattern METADATA =
            Pattern.compile("resource_metadata=\"([^\"]{1,2000})\"");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9:/?&=._~%+\\[\\]@,-]+");
    private static final String JSON = "application/json";

    private final SafeFetch fetch;

    Discovery(SafeFetch fetch) {
        this.fetch = fetch;
    }

    /**
     * What was found.
     *
     * @param resource as the upstream itself says it
     * @param namesItself whether answers come with {@code iss} (RFC 9207)
     */
    record Found(
            String resource,
            List<String> scopes,
            String issuer,
            URI authorize,
            URI token,
            Optional<URI> register,
            boolean namesItself) {}

    Found of(URI upstream) {
        Value.Fields resource = resource(upstream);
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
                texts(resource, "scopes_supported"),
                issuer,
                page(server),
                endpoint(server, "token_endpoint"),
                server.get("registration_endpoint")
                        .map(_ -> endpoint(server, "registration_endpoint")),
                server.flag("authorization_response_iss_parameter_supported"));
    }

    private static List<String> texts(Value.Fields fields, String name) {
        return fields.items(name).stream()
                .filter(Value.Text.class::isInstance)
                .map(one -> ((Value.Text) one).value())
                .filter(one -> one.matches("[\\x21\\x23-\\x5b\\x5d-\\x7e]{1,200}"))
                .toList();
    }

    /** The upstream's own metadata: where its challenge says, else where they usually are. */
    private Value.Fields resource(URI upstream) {
        List<URI> places = new ArrayList<>();
        challenge(upstream).ifPresent(places::add);
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

    private Optional<URI> challenge(URI upstream) {
        if (fetch.fetch(SafeFetch.Asked.get(upstream, JSON, "text/event-stream"))
                        instanceof Fetched.Answered answered
                && answered.status() == 401) {
            String header = answered.headers().getOrDefault("www-authenticate", "");
            Matcher matcher = METADATA.matcher(header);
            return matcher.find() ? uri(matcher.group(1)) : Optional.empty();
        }
        return Optional.empty();
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
