package dev.remit.passport;

import dev.remit.identity.Jwk;
import dev.remit.identity.Jws;
import dev.remit.identity.Passport;
import dev.remit.identity.PassportBook;
import dev.remit.identity.PassportId;
import java.time.Instant;
import java.util.Optional;

/** This gateway as an issuer: its status lists are its own books. */
final class OwnIssuer implements Issuer {
    /** How many passports stand on one list. */
    static final int PLACES = 65_536;

    private final String name;
    private final Jwk key;
    private final PassportBook passports;

    OwnIssuer(String name, Jwk key, PassportBook passports) {
        this.name = name;
        this.key = key;
        this.passports = passports;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String kind() {
        return TrustedIssuer.KIND;
    }

    @Override
    public boolean made(Jws jws, Instant now) {
        return jws.isSignedBy(key);
    }

    @Override
    public Standing standing(Place place, Instant now) {
        return passport(place)
                .map(one -> one.revoked() ? Standing.REVOKED : Standing.VALID)
                .orElse(Standing.UNKNOWN);
    }

    Place place(PassportId id) {
        return new Place(list(id.number() / PLACES), id.number() % PLACES);
    }

    String list(long number) {
        return name + "/statuslists/" + number;
    }

    /** The passport at this place; empty if it is none of ours. */
    Optional<Passport> passport(Place place) {
        String before = name + "/statuslists/";
        boolean own =
                place.list().startsWith(before)
                        && place.list().substring(before.length()).matches("0|[1-9][0-9]{0,8}")
                        && place.index() >= 0
                        && place.index() < PLACES;
        if (!own) {
            return Optional.empty();
        }
        long number = Long.parseLong(place.list().substring(before.length()));
        return passports.passport(PassportId.of(number * PLACES + place.index()));
    }
}
