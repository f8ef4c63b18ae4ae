package dev.remit.passport;

import dev.remit.identity.Jws;
import java.time.Instant;

/** Somebody whose passports are accepted: this gateway itself, or one the operator trusts. */
sealed interface Issuer permits OwnIssuer, ForeignIssuer {

    /** As it says it in {@code iss}. */
    String name();

    /** The credential type that is a passport. */
    String kind();

    /** Whether the issuer made the signature. */
    boolean made(Jws jws, Instant now);

    /** What it says of the passport at this place of one of its lists. */
    Standing standing(Place place, Instant now);

    /** Where the status of a passport is written: the list's address, and the place in it. */
    record Place(String list, long index) {}
}
