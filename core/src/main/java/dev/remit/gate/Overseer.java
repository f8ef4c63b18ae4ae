package dev.remit.gate;

import dev.remit.conduct.ConductBook;
import dev.remit.conduct.Excess;
import dev.remit.conduct.Strike;
import dev.remit.conduct.Subject;
import dev.remit.conduct.Tolerance;
import dev.remit.identity.InstanceId;
import dev.remit.ledger.Ledger;
import dev.remit.ledger.Overstepped;
import dev.remit.ledger.Receipt;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.MandateBook;
import dev.remit.mandate.Sheet;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Stops whoever oversteps too much: the mandate by its own limit, and whatever the operator says.
 * It looks only when something was refused that counts; no call waits for it otherwise.
 */
public final class Overseer {
    private final ConductBook conduct;
    private final MandateBook mandates;
    private final List<Tolerance> tolerances;
    private final Ledger ledger;
    private final InstantSource clock;

    public Overseer(
            ConductBook conduct,
            MandateBook mandates,
            List<Tolerance> tolerances,
            Ledger ledger,
            InstantSource clock) {
        this.conduct = conduct;
        this.mandates = mandates;
        this.tolerances = List.copyOf(tolerances);
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Draws the consequences of the strike that was just written down. */
    void consider(Receipt written, InstanceId instance) {
        conduct.conduct(new Subject.OfInstance(instance)).strikes().stream()
                .filter(one -> one.entry() == written.index())
                .findFirst()
                .ifPresent(this::consider);
    }

    private void consider(Strike last) {
        ofMandate(last).ifPresent(this::stop);
        for (Tolerance one : tolerances) {
            one.exceededBy(last, conduct::conduct).ifPresent(this::stop);
        }
    }

    /** Losing the race against somebody else who stops it is fine. */
    private void stop(Excess excess) {
        ledger.append(new Overstepped(excess), clock.instant());
    }

    private Optional<Excess> ofMandate(Strike last) {
        return last.mandate()
                .flatMap(mandates::find)
                .filter(one -> one.mandate().status() instanceof Mandate.Status.Active)
                .filter(one -> one.usage().strikes() >= one.mandate().limits().strikes())
                .map(this::excess);
    }

    private Excess excess(Sheet sheet) {
        Subject mandate = new Subject.OfMandate(sheet.mandate().id());
        return new Excess(
                mandate,
                mandate,
                Tolerance.OF_MANDATE,
                sheet.mandate().limits().strikes(),
                sheet.usage().strikes(),
                conduct.conduct(mandate).counting(conduct::conduct).stream()
                        .map(Strike::entry)
                        .toList());
    }
}
