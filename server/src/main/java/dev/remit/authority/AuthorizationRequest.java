package dev.remit.authority;

import dev.remit.call.Digest;
import dev.remit.identity.AccessToken;
import dev.remit.identity.Doubt;
import dev.remit.identity.PersonId;
import dev.remit.identity.SignInDemand;
import dev.remit.mandate.Proposal;
import dev.remit.web.Form;
import java.net.URI;
import java.util.Optional;

/**
 * What a client asks a person for, whichever way it asks (RFC 6749, section 4.1.1; RFC 8628; OpenID
 * CIBA Core 1.0; RFC 8707; RFC 9396).
 *
 * @param key the thumbprint of the key that the answer is for (RFC 9449, section 10); empty if the
 *     client did not say it beforehand, which only {@link Way.ByRedirect} allows
 */
record AuthorizationRequest(
        Clients.Client client,
        Way way,
        Optional<Digest> key,
        String audience,
        Optional<Proposal> wish,
        SignInDemand demand) {
    private static final int LONGEST_STATE = 2_048;

    /** How the request comes to the person, and the answer to the client. */
    sealed interface Way {
        /**
         * Both with the person's browser (RFC 6749, section 4.1).
         *
         * @param challenge of PKCE, by S256; there is no other way (RFC 7636)
         */
        record ByRedirect(URI to, Optional<String> state, String challenge) implements Way {}

        /**
         * The person brings the request, by a code that they type; the client asks for the answer
         * (RFC 8628).
         *
         * @param from the address that the request came from
         */
        record ByCode(String from) implements Way {}

        /**
         * The person finds the request waiting; the client asks for the answer (OpenID CIBA).
         *
         * @param person empty if nobody is called what the client said; it is not told
         * @param message the client's own words to tell this request from others
         */
        record ByInbox(Optional<PersonId> person, Optional<String> message) implements Way {}
    }

    /**
     * Reads a request that goes with the browser, all but the client and its redirect address,
     * which the caller knows to be right.
     *
     * @throws OauthRefused with what the client is to be told
     */
    static AuthorizationRequest byRedirect(
            Form form,
            Clients.Client client,
            URI redirect,
            String issuer,
            Wishes wishes,
            AcrValues acr) {
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
        Way way = new Way.ByRedirect(redirect, form.get("state"), challenge.get());
        return read(form, client, way, issuer, wishes, acr);
    }

    /**
     * Reads what is the same for every way.
     *
     * @throws OauthRefused with what the client is to be told
     */
    static AuthorizationRequest read(
            Form form,
            Clients.Client client,
            Way way,
            String issuer,
            Wishes wishes,
            AcrValues acr) {
        if (form.get("request").isPresent()) {
            throw new OauthRefused(
                    400,
                    "request_not_supported",
                    Doubt.REQUEST_REFUSED,
                    "push the request (RFC 9126) instead of signing it");
        }
        String audience = form.get("resource").orElse(issuer);
        if (!AccessToken.isBelow(audience, issuer)) {
            throw OauthRefused.target();
        }
        return new AuthorizationRequest(
                client,
                way,
                form.get("dpop_jkt").map(AuthorizationRequest::thumbprint),
                audience,
                form.get("authorization_details").map(wishes::read),
                acr.read(form));
    }

    /**
     * The same, for this key alone.
     *
     * @throws OauthRefused if it is for another already
     */
    AuthorizationRequest forKey(Digest thumbprint) {
        if (key.stream().anyMatch(named -> !named.equals(thumbprint))) {
            throw OauthRefused.of(Doubt.PROOF_KEY);
        }
        return new AuthorizationRequest(
                client, way, Optional.of(thumbprint), audience, wish, demand);
    }

    private static Digest thumbprint(String text) {
        try {
            return Digest.ofBase64Url(text);
        } catch (IllegalArgumentException e) {
            throw OauthRefused.request("`dpop_jkt` is not the thumbprint of a key");
        }
    }
}
