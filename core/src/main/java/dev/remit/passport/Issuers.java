package dev.remit.passport;

import dev.remit.identity.PassportBook;
import dev.remit.identity.Revocation;
import dev.remit.identity.RevocationBook;
import dev.remit.identity.SigningKeys;
import dev.remit.ledger.Ledger;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everybody whose passports are accepted, by name. */
public final class Issuers {
    private final RevocationBook revocations;
    private final OwnIssuer own;
    private final Map<String, ForeignIssuer> foreign = new LinkedHashMap<>();
    private final Map<String, Voucher> vouchers = new HashMap<>();

    /**
     * @param name this gateway's own name as an issuer
     * @param keys what its passports are signed with
     */
    public Issuers(
            String name,
            SigningKeys keys,
            List<TrustedIssuer> trusted,
            Documents documents,
            PassportBook passports,
            Ledger ledger) {
        this(name, keys, trusted, List.of(), documents, passports, ledger);
    }

    /** The same, with those whose statements about workloads and people are believed. */
    public Issuers(
            String name,
            SigningKeys keys,
            List<TrustedIssuer> trusted,
            List<AssertionIssuer> vouching,
            Documents documents,
            PassportBook passports,
            Ledger ledger) {
        this.revocations = passports;
        vouching.forEach(one -> vouchers.put(one.issuer(), new Voucher(one, documents)));
        this.own = new OwnIssuer(name, keys, passports);
        for (TrustedIssuer one : trusted) {
            if (!one.issuer().equals(name)) {
                foreign.put(one.issuer(), new ForeignIssuer(one, documents, ledger));
            }
        }
    }

    Optional<Issuer> named(String name) {
        Optional<Issuer> known =
                name.equals(own.name()) ? Optional.of(own) : Optional.ofNullable(foreign.get(name));
        return known.filter(_ -> isTrusted(name));
    }

    Optional<Voucher> voucher(String name) {
        return Optional.ofNullable(vouchers.get(name)).filter(_ -> isTrusted(name));
    }

    private boolean isTrusted(String name) {
        return revocations.revocation(new Revocation.Of.Issuer(name)).isEmpty();
    }

    OwnIssuer own() {
        return own;
    }

    Collection<ForeignIssuer> foreign() {
        return foreign.values();
    }
}
