package dev.remit.authority;

import dev.remit.identity.Doubt;
import java.util.Optional;

/**
 * A request of the OAuth protocol that is not granted: what the client is told, and what is noted.
 */
final class OauthRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String error;
    private final transient Optional<Doubt> doubt;

    /**
     * @param error the code of RFC 6749 section 5.2, or of the extension in question
     * @param description for the developer of the client; never holds what was sent
     */
    OauthRefused(int status, String error, Doubt doubt, String description) {
        this(status, error, Optional.of(doubt), description);
    }

    private OauthRefused(int status, String error, Optional<Doubt> doubt, String description) {
        super(description);
        this.status = status;
        this.error = error;
        this.doubt = doubt;
    }

    /** What a doubt is told as. */
    static OauthRefused of(Doubt doubt) {
        boolean proof = !doubt.oauthError().equals("invalid_token");
        return new OauthRefused(
                proof ? 400 : 401,
                proof ? doubt.oauthError() : "invalid_client",
                doubt,
                doubt.sentence());
    }

    /** The request itself is not as it must be. */
    static OauthRefused request(String description) {
        return new OauthRefused(400, "invalid_request", Doubt.REQUEST_REFUSED, description);
    }

    /** What a client says of itself when it registers (RFC 7591, section 3.2.2). */
    static OauthRefused metadata(String description) {
        return new OauthRefused(400, "invalid_client_metadata", Doubt.REQUEST_REFUSED, description);
    }

    /** What was to be exchanged for a token is not good, or not for this client and key. */
    static OauthRefused grant() {
        return new OauthRefused(
                400, "invalid_grant", Doubt.GRANT_REFUSED, Doubt.GRANT_REFUSED.sentence());
    }

    /** RFC 8693, section 2.2.2 has this code for tokens and for policy alike. */
    static OauthRefused exchange(String description) {
        return new OauthRefused(400, "invalid_request", Doubt.GRANT_REFUSED, description);
    }

    static OauthRefused client() {
        return new OauthRefused(
                400,
                "unauthorized_client",
                Doubt.GRANT_REFUSED,
                "this type of grant is not for this client");
    }

    /** The person said no, or nothing in time (RFC 8628, section 3.5). */
    static OauthRefused denied(String error, String description) {
        return new OauthRefused(400, error, Doubt.GRANT_REFUSED, description);
    }

    /** Nothing is wrong, but there is no token yet (RFC 8628, section 3.5). */
    static OauthRefused notYet(String error, String description) {
        return new OauthRefused(400, error, Optional.empty(), description);
    }

    static OauthRefused target() {
        return new OauthRefused(
                400,
                "invalid_target",
                Doubt.REQUEST_REFUSED,
                "`resource` is no address of this gateway, or another than was consented to");
    }

    int status() {
        return status;
    }

    String error() {
        return error;
    }

    String description() {
        return String.valueOf(getMessage());
    }

    /** What is written down; empty if the client did nothing wrong. */
    Optional<Doubt> doubt() {
        return doubt;
    }
}
