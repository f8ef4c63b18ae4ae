package dev.remit.ledger;

import dev.remit.identity.Admission;
import dev.remit.identity.InstanceId;
import dev.remit.identity.IssuerPage;
import dev.remit.identity.Passport;
import dev.remit.identity.PassportId;
import java.util.Optional;

/** Where the pages about passports lie; part of {@link Books.Shelf}. */
public interface PassportShelf {
    Optional<Passport> passport(PassportId id);

    void put(Passport passport);

    Optional<Admission> admission(InstanceId instance);

    void put(Admission admission);

    Optional<IssuerPage> issuer(String issuer);

    void put(IssuerPage issuer);
}
