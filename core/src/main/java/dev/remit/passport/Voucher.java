package dev.remit.passport;

import dev.remit.call.Value;
import dev.remit.identity.Jws;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An issuer whose statements are believed, with its keys as last read. */
final class Voucher {
    static final int LONGEST = 16 * 1024;
    private static final String SPIFFE = "spiffe://";

    private final AssertionIssuer terms;
    private final KeyRing keys;

    Voucher(AssertionIssuer terms, Documents documents) {
        this.terms = terms;
        this.keys = new KeyRing(terms.keys(), documents);
    }

    AssertionIssuer terms() {
        return terms;
    }

    boolean made(Jws jws, Instant now) {
        return keys.made(jws, now);
    }

    /** Whether the statement is for this audience and nobody else. */
    static boolean isFor(Value.Fields claims, String audience) {
        Value alone = Value.of(audience);
        return claims.get("aud")
                .filter(to -> to.equals(alone) || to.equals(new Value.Items(List.of(alone))))
                .isPresent();
    }

    /** Who says it made the statement: {@code iss}, or the trust domain of a SPIFFE id. */
    static Optional<String> named(Value.Fields claims) {
        if (claims.get("iss").isPresent()) {
            return claims.text("iss");
        }
        return claims.text("sub")
                .filter(subject -> subject.startsWith(SPIFFE))
                .map(subject -> subject.substring(0, end(subject)));
    }

    private static int end(String subject) {
        int slash = subject.indexOf('/', SPIFFE.length());
        return slash < 0 ? subject.length() : slash;
    }
}
