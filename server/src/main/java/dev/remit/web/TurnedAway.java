package dev.remit.web;

import java.util.Locale;

/**
 * Why a person's request is not served; the first that holds is the one that is told. {@code
 * docs/reference/refusals.md} is the manual.
 */
public enum TurnedAway {
    AGENT_TOKEN(403, "this is for people; a request that carries a token is an agent's"),
    UNREADABLE(400, "the request cannot be read"),
    FOREIGN_ORIGIN(403, "the request was made by a page of another site"),
    NOT_SIGNED_IN(401, "nobody has signed in"),
    FORM_REFUSED(403, "the form is not of this session; load the page again"),
    ROLE_MISSING(403, "your roles do not include this"),
    SHOWN_TOO_LONG_AGO(403, "show who you are once more, then do it again"),
    LINK_REFUSED(403, "the link is unknown, used or too old"),
    CHALLENGE_UNKNOWN(403, "this was not begun in this browser, or too long ago; start again"),
    CARD_CHANGED(409, "what this would give is not what you were shown any more; look again"),
    PASSKEY_REFUSED(403, "the passkey is not valid here"),
    PROVIDER_REFUSED(403, "the provider's answer is not valid"),
    ROLE_UNMAPPED(403, "none of your groups has a role here"),
    PERSON_SUSPENDED(403, "the account is suspended"),
    TOO_MANY_CODES(429, "too many codes were wrong; wait a minute"),
    CODE_UNKNOWN(403, "no request waits for this code; look at it again"),
    UNAVAILABLE(503, "this cannot be done now; try again later");

    private final int status;
    private final String sentence;

    TurnedAway(int status, String sentence) {
        this.status = status;
        this.sentence = sentence;
    }

    public int status() {
        return status;
    }

    public String sentence() {
        return sentence;
    }

    /** The stable name, as the log and the manual have it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
