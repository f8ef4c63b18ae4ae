package dev.remit.authority;

import dev.remit.session.SignedIn;
import dev.remit.web.Form;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How lately the person who answers must have shown who they are (OpenID Connect Core, section
 * 3.1.2.1; RFC 9470, section 4).
 *
 * @param most how long before the request was made; empty if any time will do
 */
record SignInDemand(Optional<Duration> most) {

    static SignInDemand read(Form form) {
        Optional<String> age = form.get("max_age");
        if (age.isPresent() && !age.get().matches("0|[1-9][0-9]{0,8}")) {
            throw OauthRefused.request("`max_age` is a whole number of seconds");
        }
        return new SignInDemand(age.map(Long::parseLong).map(Duration::ofSeconds));
    }

    boolean isMetBy(SignedIn who, Instant asked) {
        return most.isEmpty() || !who.shownAt().isBefore(asked.minus(most.get()));
    }
}
