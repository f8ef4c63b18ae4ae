package dev.remit.passport;

import dev.remit.identity.Admission;
import dev.remit.identity.AgentBook;
import dev.remit.identity.Instance;
import dev.remit.identity.IssuerPage;
import dev.remit.identity.PassportBook;
import dev.remit.ledger.Event;
import dev.remit.ledger.Ledger;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Reads the status lists of trusted issuers again when it is time, and revokes the instances whose
 * passports are revoked there. For one thread.
 */
public final class StatusKeeper {
    private static final int PAGE = 1_000;

    private final Issuers issuers;
    private final AgentBook agents;
    private final PassportBook passports;
    private final Ledger ledger;
    private final Map<String, StatusList> swept = new HashMap<>();

    public StatusKeeper(Issuers issuers, AgentBook agents, PassportBook passports, Ledger ledger) {
        this.issuers = issuers;
        this.agents = agents;
        this.passports = passports;
        this.ledger = ledger;
    }

    /** Goes through all lists that somebody enrolled here stands on; how many were revoked. */
    public int refresh(Instant now) {
        int revoked = 0;
        for (ForeignIssuer issuer : issuers.foreign()) {
            Optional<IssuerPage> page = passports.issuer(issuer.name());
            for (String address :
                    new TreeSet<>(page.map(IssuerPage::lists).orElse(Map.of()).keySet())) {
                revoked += refresh(issuer, address, now);
            }
        }
        return revoked;
    }

    private int refresh(ForeignIssuer issuer, String address, Instant now) {
        if (passports.admissions(address, "", 1).isEmpty()) {
            return 0; // nobody stands on it
        }
        Optional<StatusList> list = issuer.list(address, now);
        if (list.isEmpty() || swept.get(address) == list.get()) {
            return 0;
        }
        int revoked = 0;
        String after = "";
        while (true) {
            List<Admission> page = passports.admissions(address, after, PAGE);
            for (Admission one : page) {
                boolean ended =
                        one.issuer().equals(issuer.name())
                                && !list.get().isValid(one.index())
                                && revoke(one, address, now);
                revoked += ended ? 1 : 0;
                after = one.instance().text();
            }
            if (page.size() < PAGE) {
                swept.put(address, list.get());
                return revoked;
            }
        }
    }

    private boolean revoke(Admission admission, String address, Instant now) {
        Optional<Instance> live =
                agents.instance(admission.instance()).filter(one -> !one.revoked());
        live.ifPresent(
                one ->
                        ledger.append(
                                new Event.InstanceRevoked(one.id(), one.agent(), address), now));
        return live.isPresent();
    }
}
