package dev.remit.authority;

import dev.remit.call.Digest;
import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.identity.AccessToken;
import dev.remit.identity.Doubt;
import dev.remit.mandate.MandateText;
import dev.remit.mandate.Permissions;
import dev.remit.mandate.Task;
import dev.remit.web.Form;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * What a client asks a person for (RFC 6749, section 4.1.1; RFC 7636; RFC 8707; RFC 9396; RFC 9449,
 * section 10).
 *
 * @param challenge of PKCE, by S256; there is no other way
 * @param key the thumbprint of the key that the code is for, if the client said so beforehand
 */
record AuthorizationRequest(
        URI client,
        URI redirect,
        Optional<String> state,
        String challenge,
        Optional<Digest> key,
        String audience,
        Optional<Wish> wish) {
    private static final int LONGEST_STATE = 2_048;
    private static final Duration LONGEST_LIFE = Duration.ofDays(30);
    private static final String TYPE = "mandate";

    /** The mandate that the client would like, in its own words. */
    record Wish(Task task, Permissions permissions, Duration lives) {}

    /**
     * Reads all that is not the client and its redirect address, which the caller knows to be
     * right.
     *
     * @throws OauthRefused with what the client is to be told
     */
    static AuthorizationRequest read(Form form, URI client, URI redirect, String issuer) {
        if (form.get("request").isPresent()) {
            throw new OauthRefused(
                    400,
                    "request_not_supported",
                    Doubt.REQUEST_REFUSED,
                    "push the request (RFC 9126) instead of signing it");
        }
        if (!form.get("response_type").equals(Optional.of("code"))) {
            throw new OauthRefused(
                    400,
                    "unsupported_response_type",
                    Doubt.REQUEST_REFUSED,
                    "`response_type` must be `code`");
        }
        Optional<String> challenge =
                form.get("code_challenge").filter(one -> one.matches("[A-Za-z0-9_-]{43}"));
        if (challenge.isEmpty() || !form.get("code_challenge_method").equals(Optional.of("S256"))) {
            throw OauthRefused.request("a `code_challenge` by `S256` is needed (RFC 7636)");
        }
        if (form.get("state").filter(one -> one.length() > LONGEST_STATE).isPresent()) {
            throw OauthRefused.request("`state` is longer than " + LONGEST_STATE + " characters");
        }
        String audience = form.get("resource").orElse(issuer);
        if (!AccessToken.isBelow(audience, issuer)) {
            throw OauthRefused.target();
        }
        return new AuthorizationRequest(
                client,
                redirect,
                form.get("state"),
                challenge.get(),
                form.get("dpop_jkt").map(AuthorizationRequest::thumbprint),
                audience,
                form.get("authorization_details").map(AuthorizationRequest::wish));
    }

    /** The same, for this key alone. */
    AuthorizationRequest forKey(Digest thumbprint) {
        return new AuthorizationRequest(
                client, redirect, state, challenge, Optional.of(thumbprint), audience, wish);
    }

    private static Digest thumbprint(String text) {
        try {
            return Digest.ofBase64Url(text);
        } catch (IllegalArgumentException e) {
            throw OauthRefused.request("`dpop_jkt` is not the thumbprint of a key");
        }
    }

    private static Wish wish(String json) {
        try {
            Value read = JsonReader.read(json.getBytes(StandardCharsets.UTF_8));
            if (read instanceof Value.Items(List<Value> all)
                    && all.size() == 1
                    && all.getFirst() instanceof Value.Fields one
                    && one.text("type").equals(Optional.of(TYPE))) {
                return wish(one);
            }
        } catch (MalformedJson | IllegalArgumentException | DateTimeParseException e) {
            // told below
        }
        throw new OauthRefused(
                400,
                "invalid_authorization_details",
                Doubt.REQUEST_REFUSED,
                "`authorization_details` is one object of the type `mandate`, with `task`,"
                        + " `permissions` and `lives` and nothing else");
    }

    private static Wish wish(Value.Fields one) {
        for (String name : one.values().keySet()) {
            if (!List.of("type", "task", "permissions", "lives").contains(name)) {
                throw new IllegalArgumentException(name);
            }
        }
        Permissions permissions = MandateText.readPermissions(one);
        Duration lives = Duration.parse(one.text("lives").orElse("PT1H"));
        if (permissions.all().isEmpty()
                || lives.isNegative()
                || lives.isZero()
                || lives.compareTo(LONGEST_LIFE) > 0) {
            throw new IllegalArgumentException("nothing is asked for");
        }
        return new Wish(new Task(one.text("task").orElse("")), permissions, lives);
    }
}
