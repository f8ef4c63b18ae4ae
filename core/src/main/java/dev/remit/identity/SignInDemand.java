package dev.remit.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How strongly and how lately a person must have shown who they are (RFC 9470; OpenID Connect Core,
 * section 3.1.2.1).
 *
 * @param acr one of these will do ({@code acr_values}); none if any way will do
 * @param most how long ago at most ({@code max_age}); empty if any time will do
 */
public record SignInDemand(List<String> acr, Optional<Duration> most) {
    /** Whoever it was, whenever. */
    public static final SignInDemand NONE = new SignInDemand(List.of(), Optional.empty());

    public SignInDemand {
        acr = List.copyOf(acr);
    }

    /** Whether what was shown is enough at this time. */
    public boolean isMetBy(Authentication shown, Instant asOf) {
        boolean strong = acr.isEmpty() || shown.acr().filter(acr::contains).isPresent();
        return strong && (most.isEmpty() || !shown.at().isBefore(asOf.minus(most.get())));
    }

    /** The same, where nobody may have shown anything; that is enough only if nothing is asked. */
    public boolean isMetBy(Optional<Authentication> shown, Instant asOf) {
        return equals(NONE) || shown.filter(one -> isMetBy(one, asOf)).isPresent();
    }

    /** In words, as they stand after “a sign-in”. */
    @Override
    public String toString() {
        String how = acr.isEmpty() ? "" : " by " + String.join(" or ", acr);
        return how + most.map(time -> " at most " + time.toSeconds() + " seconds ago").orElse("");
    }
}
