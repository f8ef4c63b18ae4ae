package dev.remit.people;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.remit.call.Digest;
import dev.remit.call.Value;
import dev.remit.identity.Secret;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One OpenID provider: authorization code with PKCE (RFC 7636), nonce, state and {@code iss} (RFC
 * 9207). What it publishes about itself is asked for again after {@link #METADATA_LIFE}.
 */
final class Provider {
    private static final Duration METADATA_LIFE = Duration.ofMinutes(10);
    private static final Duration KEYS_AT_MOST_EVERY = Duration.ofSeconds(10);

    private final ProviderSettings settings;
    private final URI callback;
    private final ProviderLine line;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock(); // guards the two below
    private @Nullable Metadata metadata;
    private @Nullable Keys keys;

    private record Metadata(
            URI authorization, URI token, URI keys, boolean namesItself, Instant at) {}

    private record Keys(JWKSet set, Instant at) {}

    /**
     * @param callback where it sends people back to; one of its own for each provider
     */
    Provider(ProviderSettings settings, URI callback, ProviderLine line, InstantSource clock) {
        this.settings = settings;
        this.callback = callback;
        this.line = line;
        this.clock = clock;
    }

    ProviderSettings settings() {
        return settings;
    }

    /** Where to send a browser that is to sign in. */
    URI askingFor(Ceremonies.Begun.AtProvider begun) throws ProviderRefused {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", settings.clientId());
        query.put("redirect_uri", callback.toString());
        query.put("scope", String.join(" ", settings.scopes()));
        query.put("state", begun.state());
        query.put("nonce", begun.nonce());
        query.put(
                "code_challenge",
                Digest.of(begun.verifier().getBytes(StandardCharsets.US_ASCII)).base64Url());
        query.put("code_challenge_method", "S256");
        if (begun.again().isPresent()) {
            query.put("max_age", "0");
            query.put("prompt", "login");
            List<String> acr =
                    settings.acr().stream().filter(begun.again().get()::contains).toList();
            if (!acr.isEmpty()) {
                query.put("acr_values", String.join(" ", acr));
            }
        }
        URI endpoint = metadata().authorization();
        return URI.create(endpoint + (endpoint.getRawQuery() == null ? "?" : "&") + encoded(query));
    }

    /** Whether the answer's {@code iss} is this provider's, where it says that it sends one. */
    boolean isFrom(Optional<String> issuer) throws ProviderRefused {
        return issuer.isPresent()
                ? issuer.get().equals(settings.issuer().toString())
                : !metadata().namesItself();
    }

    /** Redeems the code; the claims of the ID token, all checked. */
    JWTClaimsSet redeem(Ceremonies.Begun.AtProvider begun, String code) throws ProviderRefused {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", callback.toString());
        form.put("code_verifier", begun.verifier());
        Map<String, Secret> headers = new LinkedHashMap<>();
        if (settings.secret().isPresent()) {
            String both =
                    encode(settings.clientId()) + ":" + encode(settings.secret().get().reveal());
            byte[] bytes = both.getBytes(StandardCharsets.UTF_8);
            headers.put(
                    "Authorization",
                    new Secret("Basic " + Base64.getEncoder().encodeToString(bytes)));
        } else {
            form.put("client_id", settings.clientId());
        }
        Value.Fields answer = line.post(metadata().token(), headers, new Secret(encoded(form)));
        SignedJWT token =
                IdTokens.read(
                        answer.text("id_token")
                                .orElseThrow(() -> new ProviderRefused("there is no ID token")));
        return IdTokens.check(
                token,
                key(token),
                new IdTokens.Expected(
                        settings.issuer().toString(),
                        settings.clientId(),
                        begun.nonce(),
                        clock.instant()));
    }

    /** The key that signed; one that is not known is looked for anew, but not again and again. */
    private JWK key(SignedJWT token) throws ProviderRefused {
        Optional<JWK> known = IdTokens.key(token.getHeader(), keys(METADATA_LIFE));
        return known.isPresent()
                ? known.get()
                : IdTokens.key(token.getHeader(), keys(KEYS_AT_MOST_EVERY))
                        .orElseThrow(
                                () ->
                                        new ProviderRefused(
                                                "the ID token is not signed with a key of its"
                                                        + " provider"));
    }

    private JWKSet keys(Duration most) throws ProviderRefused {
        Metadata where = metadata();
        lock.lock();
        try {
            Keys now = keys;
            if (now == null || !clock.instant().isBefore(now.at().plus(most))) {
                now = new Keys(JWKSet.parse(line.get(where.keys()).json()), clock.instant());
                keys = now;
            }
            return now.set();
        } catch (ParseException e) {
            throw new ProviderRefused("the provider's keys cannot be read", e);
        } finally {
            lock.unlock();
        }
    }

    private Metadata metadata() throws ProviderRefused {
        lock.lock();
        try {
            Metadata now = metadata;
            if (now == null || !clock.instant().isBefore(now.at().plus(METADATA_LIFE))) {
                now = discovered();
                metadata = now;
            }
            return now;
        } finally {
            lock.unlock();
        }
    }

    /** OpenID Connect Discovery, section 4. */
    private Metadata discovered() throws ProviderRefused {
        String issuer = settings.issuer().toString();
        String at =
                (issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer)
                        + "/.well-known/openid-configuration";
        Value.Fields said = line.get(URI.create(at));
        if (!said.text("issuer").equals(Optional.of(issuer))) {
            throw new ProviderRefused(at + " speaks for another issuer");
        }
        return new Metadata(
                endpoint(said, "authorization_endpoint"),
                endpoint(said, "token_endpoint"),
                endpoint(said, "jwks_uri"),
                said.flag("authorization_response_iss_parameter_supported"),
                clock.instant());
    }

    /** An endpoint is served over https, unless the issuer itself is a loopback one. */
    private URI endpoint(Value.Fields said, String name) throws ProviderRefused {
        try {
            URI endpoint = URI.create(said.text(name).orElse(""));
            if ("https".equals(endpoint.getScheme())
                    || ("http".equals(endpoint.getScheme())
                            && "http".equals(settings.issuer().getScheme()))) {
                return endpoint;
            }
        } catch (IllegalArgumentException e) {
            throw new ProviderRefused("the provider's " + name + " is no URL", e);
        }
        throw new ProviderRefused("the provider's " + name + " is not served over https");
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(one -> encode(one.getKey()) + "=" + encode(one.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
