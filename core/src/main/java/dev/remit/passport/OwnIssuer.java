package dev.remit.passport;

import dev.remit.identity.Jws;
import dev.remit.identity.Passport;
import dev.remit.identity.PassportBook;
import dev.remit.identity.PassportId;
import dev.remit.identity.SigningKeys;
import java.time.Instant;
import java.util.Optional;

/** This gateway as an issuer: its status lists are its own books. */
final class OwnIssuer implements Issuer {
    /** How many passports stand on one list. */
    static final int PLACES = 65_536;

    private final String name;
    private final SigningKeys keys;
    private final PassportBook passports;

    OwnIssuer(String name, SigningKeys keys, PassportBook passports) {
        this.name = name;
        this.keys = keys;
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
        return keys.maker(jws, PassportOffice.LONGEST, now).isPresent();
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
