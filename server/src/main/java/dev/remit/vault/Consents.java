package dev.remit.vault;

import dev.remit.call.Value;
import dev.remit.http.fetch.SafeFetch;
import dev.remit.identity.Credential;
import dev.remit.identity.Origin;
import dev.remit.identity.PersonId;
import dev.remit.identity.Secret;
import dev.remit.registry.ActRefused;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Has people agree, at an upstream's own authorization server, that the gateway acts there on their
 * behalf: authorization code with PKCE (RFC 7636), resource (RFC 8707) and issuer check (RFC 9207).
 */
public final class Consents {
    /** How long a person has to agree. */
    public static final Duration LIFE = Duration.ofMinutes(10);

    private static final int MOST = 1_000;

    private final Map<String, Pending> pending = new ConcurrentHashMap<>();
    private final Keeper keeper;
    private final ClientName name;
    private final Discovery discovery;
    private final TokenEndpoint endpoint;
    private final Map<String, URI> upstreams;
    private final URI callback;
    private final Supplier<String> secrets;
    private final InstantSource clock;

    /**
     * @param upstreams those that are reached over HTTP, by name
     * @param callback where the person's browser comes back to
     * @param secrets gives fresh words of at least 128 random bits
     */
    public Consents(
            Keeper keeper,
            SafeFetch fetch,
            Map<String, URI> upstreams,
            URI callback,
            Supplier<String> secrets,
            InstantSource clock) {
        this.keeper = keeper;
        this.name = new ClientName(fetch, callback);
        this.discovery = new Discovery(fetch);
        this.endpoint = new TokenEndpoint(fetch);
        this.upstreams = Map.copyOf(upstreams);
        this.callback = callback;
        this.secrets = secrets;
        this.clock = clock;
    }

    private record Pending(
            PersonId person,
            String upstream,
            Discovery.Found found,
            Client client,
            List<String> scope,
            String verifier,
            Instant until) {}

    /**
     * Starts; the person opens the page that is returned.
     *
     * @param clientId as whom the gateway is known there; empty leaves that to {@link ClientName}
     */
    public URI begin(
            PersonId person,
            String upstream,
            Optional<String> clientId,
            Optional<Secret> clientSecret) {
        URI url = upstreams.get(upstream);
        if (url == null) {
            throw new ActRefused(
                    "there is no upstream `" + upstream + "` that is reached over HTTP");
        }
        Discovery.Found found = discovery.of(url);
        Client client = name.at(found, clientId, clientSecret);
        Set<String> scope = keeper.scope(new Credential.Place(upstream, Optional.of(person)));
        scope.addAll(found.scopes());
        Instant now = clock.instant();
        pending.values().removeIf(one -> !now.isBefore(one.until()));
        if (pending.size() >= MOST) {
            throw new ActRefused("too many people are asked at this moment; try again later");
        }
        String state = secrets.get();
        String verifier = secrets.get() + secrets.get();
        pending.put(
                state,
                new Pending(
                        person,
                        upstream,
                        found,
                        client,
                        List.copyOf(scope),
                        verifier,
                        now.plus(LIFE)));
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", client.id());
        query.put("redirect_uri", callback.toString());
        query.put("code_challenge", challenge(verifier));
        query.put("code_challenge_method", "S256");
        query.put("state", state);
        query.put("resource", found.resource());
        if (!scope.isEmpty()) {
            query.put("scope", String.join(" ", scope));
        }
        String there = found.authorize().toString();
        return URI.create(there + (there.contains("?") ? "&" : "?") + form(query));
    }

    /**
     * Ends what {@link #begin} started, once: exchanges the code and keeps what it gives.
     *
     * @param person who has signed in; nobody else than the one who began can finish
     * @throws ActRefused if this is not the answer that is awaited
     */
    public Credential finish(PersonId person, String state, String code, Optional<String> issuer) {
        Pending one = pending.remove(state);
        if (one == null || !clock.instant().isBefore(one.until())) {
            throw new ActRefused("nobody awaits this answer, or no longer; begin again");
        }
        if (!person.equals(one.person())) {
            throw new ActRefused("somebody else began this; begin again yourself");
        }
        boolean other =
                issuer.isPresent()
                        ? !issuer.get().equals(one.found().issuer())
                        : one.found().namesItself();
        if (other) {
            throw new ActRefused("the answer comes from another server than was asked");
        }
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", callback.toString());
        form.put("code_verifier", one.verifier());
        form.put("resource", one.found().resource());
        return switch (endpoint.ask(one.client(), form)) {
            case TokenEndpoint.Granted.Tokens tokens ->
                    keeper.set(
                            new Credential.Place(one.upstream(), Optional.of(one.person())),
                            Origin.of(upstream(one)),
                            new Recipe.Consented(
                                    one.client(),
                                    one.found().resource(),
                                    one.scope(),
                                    tokens.access(),
                                    clock.instant().plus(tokens.life()),
                                    tokens.refresh()),
                            one.person().text());
            case TokenEndpoint.Granted.Denied(String error) ->
                    throw new ActRefused("the upstream's authorization server said " + error);
            case TokenEndpoint.Granted.Unreachable(String why) ->
                    throw new ActRefused("the upstream's authorization server: " + why);
        };
    }

    /** What the gateway publishes of itself for servers that look clients up. */
    Value.Fields document() {
        return name.published();
    }

    /** The person did not agree. */
    void giveUp(String state) {
        pending.remove(state);
    }

    private URI upstream(Pending one) {
        return Optional.ofNullable(upstreams.get(one.upstream())).orElseThrow();
    }

    private static String challenge(String verifier) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(
                        one ->
                                one.getKey()
                                        + "="
                                        + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
