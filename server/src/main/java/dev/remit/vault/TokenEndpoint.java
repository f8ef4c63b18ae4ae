package dev.remit.vault;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.http.fetch.Fetched;
import dev.remit.http.fetch.SafeFetch;
import dev.remit.identity.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Asks an authorization server for tokens (RFC 6749, section 3.2). */
final class TokenEndpoint {
    private static final Duration USUAL_LIFE = Duration.ofMinutes(5); // when it does not say
    private static final Pattern CODE = Pattern.compile("[a-z_]{1,40}");
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,16384}");

    private final SafeFetch fetch;

    TokenEndpoint(SafeFetch fetch) {
        this.fetch = fetch;
    }

    /** What it answered. */
    sealed interface Granted {
        record Tokens(Secret access, Duration life, Optional<Secret> refresh) implements Granted {}

        /** It said no, with this code of RFC 6749, section 5.2. */
        record Denied(String error) implements Granted {}

        record Unreachable(String why) implements Granted {}
    }

    /** Asks with these parameters, as this client. */
    Granted ask(Client client, Map<String, String> parameters) {
        Map<String, String> form = new LinkedHashMap<>(parameters);
        Map<String, Secret> headers = new LinkedHashMap<>();
        String secret = client.secret().map(Secret::reveal).orElse("");
        switch (client.manner()) {
            case CLIENT_SECRET_BASIC -> {
                String pair = encoded(client.id()) + ":" + encoded(secret);
                byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
                String basic = "Basic " + Base64.getEncoder().encodeToString(bytes);
                headers.put("Authorization", new Secret(basic));
            }
            case CLIENT_SECRET_POST -> {
                form.put("client_id", client.id());
                form.put("client_secret", secret);
            }
            case NONE -> form.put("client_id", client.id());
        }
        String body =
                form.entrySet().stream()
                        .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
                        .collect(Collectors.joining("&"));
        return switch (fetch.fetch(
                SafeFetch.Asked.form(client.tokenEndpoint(), headers, new Secret(body)))) {
            case Fetched.Refused(String why) -> new Granted.Unreachable(why);
            case Fetched.Answered answered -> read(answered);
        };
    }

    private static Granted read(Fetched.Answered answered) {
        try {
            Value.Fields said = JsonReader.readFields(answered.body());
            if (answered.status() == 200) {
                return tokens(said);
            }
            // Only a code of the usual form is repeated: whatever else it says may be a secret.
            return said.text("error")
                    .filter(code -> answered.status() < 500 && CODE.matcher(code).matches())
                    .<Granted>map(Granted.Denied::new)
                    .orElseGet(() -> status(answered.status()));
        } catch (MalformedJson e) {
            return status(answered.status());
        }
    }

    private static Granted status(int status) {
        return new Granted.Unreachable("its token endpoint answered HTTP " + status);
    }

    private static Granted tokens(Value.Fields said) {
        Optional<String> access = said.text("access_token").filter(TokenEndpoint::fitsAHeader);
        boolean bearer = said.text("token_type").filter("bearer"::equalsIgnoreCase).isPresent();
        if (access.isEmpty() || !bearer) {
            return new Granted.Unreachable("its token endpoint gave no bearer token");
        }
        long seconds = said.whole("expires_in").orElse(USUAL_LIFE.toSeconds());
        return new Granted.Tokens(
                new Secret(access.get()),
                Duration.ofSeconds(Math.clamp(seconds, 1, 365L * 24 * 3600)),
                said.text("refresh_token").filter(TokenEndpoint::fitsAHeader).map(Secret::new));
    }

    private static boolean fitsAHeader(String token) {
        return TOKEN.matcher(token).matches();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
