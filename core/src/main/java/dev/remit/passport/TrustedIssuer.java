package dev.remit.passport;

import dev.remit.mandate.Glob;
import java.util.List;

/**
 * An issuer whose passports the operator accepts, and how far.
 *
 * @param issuer its name, exactly as in the claim {@code iss}
 * @param kind the credential type that is a passport ({@code vct})
 * @param subjects which of its subjects may come
 * @param mostAgents how many of them may become agents here
 */
public record TrustedIssuer(
        String issuer, String kind, KeySource keys, List<Glob> subjects, long mostAgents) {
    /** The type of the passports that Remit issues. */
    public static final String KIND = "urn:remit:agent-passport:1";

    public static final long USUAL_AGENTS = 1_000;

    public TrustedIssuer {
        subjects = List.copyOf(subjects);
    }
}
