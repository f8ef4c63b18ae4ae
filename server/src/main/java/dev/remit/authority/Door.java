package dev.remit.authority;

import dev.remit.http.Exchange;
import dev.remit.identity.Authenticator;
import dev.remit.identity.Doubt;
import dev.remit.identity.Introduction;
import dev.remit.identity.Proofs;
import dev.remit.ledger.Event;
import dev.remit.ledger.Ledger;
import dev.remit.ledger.LedgerUnavailable;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a request is asked who sent it, before its body is read. Strangers are written down, at
 * most {@value #RECORDS_A_MINUTE} a minute for each doubt, so that nobody fills the log by
 * knocking; the others are counted in the next record.
 */
public final class Door {
    private static final Logger LOG = LoggerFactory.getLogger(Door.class);
    private static final int RECORDS_A_MINUTE = 120;
    private static final int LONGEST_PATH = 200;

    private final Authenticator authenticator;
    private final Ledger ledger;
    private final InstantSource clock;
    private final Map<Doubt, Knocks> knocks = new ConcurrentHashMap<>();

    /**
     * What came of the strangers of one minute.
     *
     * @param unwritten strangers that were counted but not written down yet
     * @param toWrite for the latest stranger: how many others its record speaks for; empty if it
     *     has none
     */
    private record Knocks(long minute, int written, long unwritten, OptionalLong toWrite) {

        static Knocks first(long minute, long others) {
            return new Knocks(minute, 1, 0, OptionalLong.of(others));
        }

        Knocks another(long at) {
            if (at != minute) {
                return first(at, unwritten);
            }
            return written < RECORDS_A_MINUTE
                    ? new Knocks(minute, written + 1, 0, OptionalLong.of(unwritten))
                    : new Knocks(minute, written, unwritten + 1, OptionalLong.empty());
        }
    }

    public Door(Authenticator authenticator, Ledger ledger, InstantSource clock) {
        this.authenticator = authenticator;
        this.ledger = ledger;
        this.clock = clock;
    }

    public Introduction introduce(Exchange exchange) {
        Introduction introduction =
                authenticator.introduce(
                        exchange.headers("Authorization"), request(exchange), clock.instant());
        if (introduction instanceof Introduction.Stranger(Doubt doubt)) {
            record(doubt, exchange.path());
        }
        return introduction;
    }

    static Proofs.Request request(Exchange exchange) {
        return new Proofs.Request(exchange.method(), exchange.path(), exchange.headers("DPoP"));
    }

    /** Writes a stranger down; that this fails changes nothing for the stranger. */
    void record(Doubt doubt, String path) {
        Instant now = clock.instant();
        long minute = now.getEpochSecond() / 60;
        OptionalLong others =
                knocks.compute(
                                doubt,
                                (_, before) ->
                                        before == null
                                                ? Knocks.first(minute, 0)
                                                : before.another(minute))
                        .toWrite();
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
