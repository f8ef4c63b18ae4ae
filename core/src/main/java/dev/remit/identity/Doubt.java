package dev.remit.identity;

import java.util.Locale;

/** Why a request's sender is not known; the first that holds is the one that is told. */
public enum Doubt {
    TOKEN_MISSING("no access token was sent"),
    TOKEN_SCHEME(
            "the access token must be sent once, with the scheme DPoP if it is bound to a key"),
    TOKEN_UNBOUND("access tokens that are bound to no key are not taken here"),
    TOKEN_MALFORMED("the access token cannot be read"),
    TOKEN_SIGNATURE("the access token was not signed by this gateway"),
    TOKEN_PURPOSE("the access token was made for another purpose or another gateway"),
    TOKEN_EXPIRED("the access token has expired"),
    PROOF_MISSING("exactly one DPoP proof must come with the access token"),
    PROOF_MALFORMED("the DPoP proof cannot be read"),
    PROOF_SIGNATURE("the DPoP proof is not signed by the key inside it"),
    PROOF_KEY("the DPoP proof was made with another key than the access token is bound to"),
    PROOF_REQUEST("the DPoP proof was made for another request"),
    PROOF_TIME("the DPoP proof is too old or from the future"),
    PROOF_TOKEN("the DPoP proof was made for another access token"),
    PROOF_REPLAYED("the DPoP proof was used before"),
    PROOF_NONCE("the DPoP proof must carry the nonce that comes with this answer"),
    INSTANCE_REVOKED("the agent's key is not enrolled, or no longer"),
    TOKEN_REVOKED("the access token has been revoked"),
    CODE_REFUSED("the enrolment code is unknown, used or expired"),
    ASSERTION_REFUSED("the client assertion is not valid for this client"),
    CLIENT_REFUSED("the client is none that is known, or its published document is not valid"),
    GRANT_REFUSED("the grant is unknown, used, expired, or for another client or key"),
    REQUEST_REFUSED("the request is not as the protocol has it"),
    PASSPORT_MALFORMED("the passport cannot be read"),
    PASSPORT_ISSUER("the passport's issuer is not trusted here, or not for this agent"),
    PASSPORT_SIGNATURE("the passport was not signed by its issuer"),
    PASSPORT_PURPOSE("the passport is of another kind"),
    PASSPORT_EXPIRED("the passport has expired, or is not valid yet"),
    PASSPORT_KEY("the passport was issued for another key than the one that made the proof"),
    PASSPORT_BINDING("the passport is not shown by its holder, here and now"),
    PASSPORT_REPLAYED("the passport was shown with these words before"),
    PASSPORT_REVOKED("the passport, or the instance enrolled by it, is revoked"),
    PASSPORT_STATUS("whether the passport is revoked cannot be seen now"),
    PASSPORT_CEILING("the passport's issuer has brought as many agents as it may"),
    OUTSIDE_MALFORMED("the issuer's assertion cannot be read"),
    OUTSIDE_ISSUER("the assertion's issuer is not trusted here for this"),
    OUTSIDE_SIGNATURE("the assertion was not signed by its issuer"),
    OUTSIDE_PURPOSE("the assertion is of another kind, or for another audience or client"),
    OUTSIDE_EXPIRED("the assertion has expired, is not valid yet, or is too old"),
    OUTSIDE_SUBJECT("whom the assertion is about may not come here"),
    OUTSIDE_REPLAYED("the assertion was used before, by another key or for another token"),
    CROWDED("too many proofs are remembered at the moment"),
    UNCHECKED(
            "something went wrong inside the gateway while the request was checked, so it was not"
                    + " served");

    private final String sentence;

    Doubt(String sentence) {
        this.sentence = sentence;
    }

    /** The stable name, as the log and the manual have it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String sentence() {
        return sentence;
    }

    /** The error code of RFC 6750 section 3.1 or RFC 9449 section 7.1. */
    public String oauthError() {
        if (this == PROOF_NONCE) {
            return "use_dpop_nonce";
        }
        return name().startsWith("PROOF") || this == CROWDED
                ? "invalid_dpop_proof"
                : "invalid_token";
    }
}
