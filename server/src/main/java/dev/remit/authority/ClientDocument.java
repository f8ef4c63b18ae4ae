package dev.remit.authority;

import dev.remit.call.Digest;
import dev.remit.call.JsonReader;
import dev.remit.call.JsonWriter;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.identity.AgentId;
import dev.remit.passport.KeySource;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a client that nobody registered publishes of itself, at the address that is its id (client
 * id metadata document, draft-ietf-oauth-client-id-metadata-document). Only the host of the address
 * is to be believed.
 *
 * @param redirects where its codes may be sent: https, or http on the person's own machine
 * @param keys one of which it proves ({@code private_key_jwt}); empty if it proves none
 * @param digest of all that it says, in canonical form
 */
record ClientDocument(URI id, List<URI> redirects, Optional<KeySource> keys, Digest digest) {
    private static final byte[] DOMAIN = "remit/client/v1\0".getBytes(StandardCharsets.US_ASCII);
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");
    private static final int MOST_REDIRECTS = 32;

    ClientDocument {
        redirects = List.copyOf(redirects);
    }

    /**
     * The agent that goes by this address. Its id follows from the address, so that it can be named
     * before there is such an agent, and whoever signs it signs the address.
     */
    AgentId agent() {
        byte[] address = id.toString().getBytes(StandardCharsets.UTF_8);
        return new AgentId("agt_" + Digest.of(DOMAIN, address).hex().substring(0, 32));
    }

    /** The name of the agent that goes by this address. */
    String agentName() {
        String digest =
                Digest.of(id.toString().getBytes(StandardCharsets.UTF_8)).hex().substring(0, 16);
        String host = id.getHost();
        return host.substring(0, Math.min(host.length(), 40)) + "-" + digest;
    }

    /** Whether a client of this name can only be a published one. */
    static boolean isId(String text) {
        return text.startsWith("https://") || text.startsWith("http://");
    }

    /** Whether an address can be a client's id: https, with a path, and written one way only. */
    static Optional<URI> id(String text, boolean plainToo) {
        Optional<URI> uri = uri(text);
        return uri.filter(
                one ->
                        ("https".equals(one.getScheme())
                                        || (plainToo && "http".equals(one.getScheme())))
                                && one.getRawPath() != null
                                && one.getRawPath().length() > 1
                                && !one.getRawPath().contains("/.")
                                && one.getRawFragment() == null
                                && one.getRawUserInfo() == null);
    }

    /** Reads the document; empty if it is not this client's, or wants what is not done here. */
    static Optional<ClientDocument> read(URI id, byte[] json) {
        try {
            Value.Fields said = JsonReader.readFields(json);
            boolean own =
                    said.text("client_id").equals(Optional.of(id.toString()))
                            && said.get("client_secret").isEmpty();
            boolean signs =
                    switch (method(said)) {
                        case "none" -> false;
                        case "private_key_jwt" -> true;
                        default -> throw new IllegalArgumentException("a method of another kind");
                    };
            Optional<KeySource> keys = signs ? Optional.of(keys(said, id)) : Optional.empty();
            List<URI> redirects = new ArrayList<>();
            for (Value one : said.items("redirect_uris")) {
                Optional<URI> redirect =
                        one instanceof Value.Text(String text) ? redirect(text) : Optional.empty();
                if (redirect.isEmpty()) {
                    return Optional.empty();
                }
                redirects.add(redirect.get());
            }
            boolean some = !redirects.isEmpty() && redirects.size() <= MOST_REDIRECTS;
            return own && some
                    ? Optional.of(
                            new ClientDocument(
                                    id, redirects, keys, Digest.of(JsonWriter.canonical(said))))
                    : Optional.empty();
        } catch (MalformedJson | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String method(Value.Fields said) {
        String name = "token_endpoint_auth_method";
        return said.get(name).isEmpty() ? "none" : said.text(name).orElse("");
    }

    /** RFC 7591, section 2: the keys, or where they are, and not both. */
    private static KeySource keys(Value.Fields said, URI id) {
        Optional<Value.Fields> written = said.fields("jwks");
        if (said.get("jwks").isPresent() == said.get("jwks_uri").isPresent()) {
            throw new IllegalArgumentException("either `jwks` or `jwks_uri`");
        }
        if (written.isPresent()) {
            KeySource.Written keys = new KeySource.Written(written.get());
            if (!keys.isOfUse()) {
                throw new IllegalArgumentException("no key that is taken");
            }
            return keys;
        }
        boolean plain = "http".equals(id.getScheme());
        return said.text("jwks_uri")
                .flatMap(text -> id(text, plain))
                .map(KeySource.AtUrl::new)
                .orElseThrow(() -> new IllegalArgumentException("`jwks_uri` is no address"));
    }

    private static Optional<URI> redirect(String text) {
        return uri(text)
                .filter(one -> one.getRawFragment() == null && one.getRawUserInfo() == null)
                .filter(one -> "https".equals(one.getScheme()) || isLoopback(one));
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(new URI(text)).filter(one -> one.getHost() != null);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean isLoopback(URI uri) {
        return "http".equals(uri.getScheme()) && LOOPBACK.contains(uri.getHost());
    }

    /**
     * The redirect address that was asked for, if the client has it: to the letter, but for the
     * port on the person's own machine (RFC 8252, section 7.3).
     */
    Optional<URI> redirectTo(String asked) {
        return redirect(asked)
                .filter(
                        one ->
                                redirects.stream()
                                        .anyMatch(
                                                known ->
                                                        known.toString().equals(asked)
                                                                || isSameButPort(known, one)));
    }

    private static boolean isSameButPort(URI known, URI asked) {
        return isLoopback(known)
                && isLoopback(asked)
                && known.getHost().equals(asked.getHost())
                && known.getRawPath().equals(asked.getRawPath())
                && Optional.ofNullable(known.getRawQuery())
                        .equals(Optional.ofNullable(asked.getRawQuery()));
    }
}
