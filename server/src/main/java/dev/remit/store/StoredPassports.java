package dev.remit.store;

import dev.remit.identity.Admission;
import dev.remit.identity.AgentId;
import dev.remit.identity.InstanceId;
import dev.remit.identity.IssuerPage;
import dev.remit.identity.Passport;
import dev.remit.identity.PassportBook;
import dev.remit.identity.PassportId;
import dev.remit.identity.Revocation;
import dev.remit.store.Pages.Row;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The embedded store's book of passports. */
final class StoredPassports implements PassportBook {
    private final BookShelf shelf;
    private final Listing listing;

    /** Asks the database, once it has what was last written. */
    interface Listing {
        <T> T of(BooksFile.Query<T> query);
    }

    StoredPassports(BookShelf shelf, Listing listing) {
        this.shelf = shelf;
        this.listing = listing;
    }

    @Override
    public Optional<Revocation> revocation(Revocation.Of what) {
        return shelf.revocations.get(what);
    }

    @Override
    public Optional<Passport> passport(PassportId id) {
        return shelf.passports.get(id);
    }

    @Override
    public List<Passport> passports(AgentId agent) {
        return listing.of(on -> PassportTable.of(on, agent)).stream().map(Row::value).toList();
    }

    @Override
    public long nextPassport() {
        return listing.of(PassportTable::next);
    }

    @Override
    public List<PassportId> revokedPassports(long from, long to) {
        return listing.of(on -> PassportTable.revoked(on, from, to));
    }

    @Override
    public Optional<Admission> admission(InstanceId instance) {
        return shelf.admissions.get(instance);
    }

    @Override
    public List<Admission> admissions(String list, String after, int most) {
        return listing.of(on -> AdmissionTable.of(on, list, after, most)).stream()
                .map(Row::value)
                .toList();
    }

    @Override
    public OptionalLong lastPlace(String lists) {
        return listing.of(on -> AdmissionTable.last(on, lists));
    }

    @Override
    public Optional<IssuerPage> issuer(String issuer) {
        return shelf.issuers.get(issuer);
    }
}
