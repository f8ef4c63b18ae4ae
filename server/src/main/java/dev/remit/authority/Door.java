package dev.remit.authority;

import dev.remit.http.Exchange;
import dev.remit.identity.Authenticator;
import dev.remit.identity.Doubt;
import dev.remit.identity.Introduction;
import dev.remit.identity.Proofs;
import dev.remit.ledger.Event;
import dev.remit.ledger.Ledger;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.ledger.Quota;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a request is asked who sent it, before its body is read. Strangers are written down, within
 * their {@link Quota}.
 */
public final class Door {
    private static final Logger LOG = LoggerFactory.getLogger(Door.class);
    private static final int LONGEST_PATH = 200;

    private final Authenticator authenticator;
    private final Ledger ledger;
    private final InstantSource clock;
    private final Quota quota = new Quota();

    public Door(Authenticator authenticator, Ledger ledger, InstantSource clock) {
        this.authenticator = authenticator;
        this.ledger = ledger;
        this.clock = clock;
    }

    public Introduction introduce(Exchange exchange) {
        Introduction introduction;
        try {
            introduction =
                    authenticator.introduce(
                            exchange.headers("Authorization"), request(exchange), clock.instant());
        } catch (RuntimeException | Error e) {
            introduction = new Introduction.Stranger(unchecked(e));
        }
        if (introduction instanceof Introduction.Stranger(Doubt doubt)) {
            record(doubt, exchange.path());
        }
        return introduction;
    }

    /** Whatever breaks while somebody is being checked, nobody is let in by it. */
    static Doubt unchecked(Throwable broken) {
        LOG.error("a check failed; its request was not served", broken);
        return Doubt.UNCHECKED;
    }

    static Proofs.Request request(Exchange exchange) {
        return new Proofs.Request(exchange.method(), exchange.path(), exchange.headers("DPoP"));
    }

    /** Writes a stranger down; that this fails changes nothing for the stranger. */
    public void record(Doubt doubt, String path) {
        Instant now = clock.instant();
        OptionalLong others = quota.another(doubt.code(), now);
        if (others.isEmpty()) {
            return;
        }
        String shown = path.length() > LONGEST_PATH ? path.substring(0, LONGEST_PATH) : path;
        try {
            ledger.append(new Event.StrangerRefused(doubt.code(), shown, others.getAsLong()), now);
        } catch (LedgerUnavailable e) {
            LOG.warn("a stranger could not be written down: {}", e.getMessage());
        }
    }
}
