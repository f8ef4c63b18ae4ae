package dev.remit.http;

import dev.remit.identity.Doubt;
import dev.remit.identity.SignInDemand;

/**
 * What goes with a 401: where to get a token that will do (RFC 9728), which keys may prove it (RFC
 * 9449), and which sign-in it must go back to (RFC 9470).
 */
public final class Challenge {
    public static final int STATUS = 401;

    private final String origin;

    /**
     * @param origin the gateway's own origin, as agents reach it
     */
    public Challenge(String origin) {
        this.origin = origin;
    }

    /** For somebody who is not known. */
    public void add(Exchange exchange, Doubt doubt) {
        String error = doubt == Doubt.TOKEN_MISSING ? "" : parameter("error", doubt.oauthError());
        add(exchange, error, doubt.sentence());
    }

    /** For a token that goes back to a sign-in which does not do; RFC 9470, section 3. */
    public void add(Exchange exchange, SignInDemand demand, String sentence) {
        StringBuilder error = new StringBuilder();
        error.append(parameter("error", "insufficient_user_authentication"));
        if (!demand.acr().isEmpty()) {
            error.append(parameter("acr_values", String.join(" ", demand.acr())));
        }
        demand.most()
                .ifPresent(
                        most ->
                                error.append(
                                        parameter("max_age", Long.toString(most.toSeconds()))));
        add(exchange, error.toString(), sentence);
    }

    private void add(Exchange exchange, String error, String sentence) {
        String metadata = origin + "/.well-known/oauth-protected-resource" + exchange.path();
        boolean bearer =
                exchange.headers("Authorization").stream()
                        .anyMatch(sent -> sent.regionMatches(true, 0, "Bearer ", 0, 7));
        exchange.addHeader(
                "WWW-Authenticate",
                "Bearer resource_metadata=\"" + metadata + "\"" + (bearer ? error : ""));
        exchange.addHeader(
                "WWW-Authenticate",
                "DPoP algs=\"ES256 EdDSA Ed25519\""
                        + error
                        + parameter("error_description", sentence));
    }

    private static String parameter(String name, String value) {
        return ", " + name + "=\"" + value + "\"";
    }
}
