package dev.remit.authority;

import dev.remit.identity.Account;
import dev.remit.identity.Authentication;
import dev.remit.identity.Doubt;
import dev.remit.identity.SignInDemand;
import dev.remit.web.Form;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The ways of signing in that a client or a tool can ask for by name ({@code acr_values_supported};
 * RFC 9470, section 5).
 *
 * @param believed those that a provider states and is believed, by its issuer
 */
public record AcrValues(Map<String, List<String>> believed) {
    private static final String UNMET = "unmet_authentication_requirements";
    private static final int LONGEST = 1_000;

    public AcrValues {
        believed = Map.copyOf(believed);
    }

    List<String> supported() {
        TreeSet<String> all = new TreeSet<>(List.of(Authentication.PHISHING_RESISTANT));
        believed.values().forEach(all::addAll);
        return List.copyOf(all);
    }

    /**
     * What a client asks for.
     *
     * @throws OauthRefused if nobody here can ever meet it
     */
    SignInDemand read(Form form) {
        Optional<String> age = form.get("max_age");
        if (age.isPresent() && !age.get().matches("0|[1-9][0-9]{0,8}")) {
            throw OauthRefused.request("`max_age` is a whole number of seconds");
        }
        String named = form.get("acr_values").orElse("");
        if (named.length() > LONGEST) {
            throw OauthRefused.request("`acr_values` is longer than " + LONGEST + " characters");
        }
        List<String> asked =
                List.of(named.split(" ")).stream().filter(one -> !one.isEmpty()).toList();
        List<String> known = asked.stream().filter(supported()::contains).toList();
        if (!asked.isEmpty() && known.isEmpty()) {
            throw unmet("nobody can sign in here in any of the ways that `acr_values` names");
        }
        return new SignInDemand(known, age.map(Long::parseLong).map(Duration::ofSeconds));
    }

    /** Whether this person has a way to sign in that would do. */
    boolean canBeMetBy(Account account, SignInDemand demand) {
        return demand.acr().isEmpty()
                || (!account.passkeys().isEmpty()
                        && demand.acr().contains(Authentication.PHISHING_RESISTANT))
                || account.external()
                        .map(at -> believed.getOrDefault(at.issuer(), List.of()))
                        .filter(values -> values.stream().anyMatch(demand.acr()::contains))
                        .isPresent();
    }

    /** OpenID Connect Core Unmet Authentication Requirements 1.0. */
    static OauthRefused unmet(String description) {
        return new OauthRefused(400, UNMET, Doubt.REQUEST_REFUSED, description);
    }
}
