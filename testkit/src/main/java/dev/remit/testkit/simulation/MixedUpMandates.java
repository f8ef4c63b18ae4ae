package dev.remit.testkit.simulation;

import dev.remit.identity.AgentId;
import dev.remit.identity.MandateId;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.MandateBook;
import dev.remit.mandate.Sheet;
import java.util.List;
import java.util.Optional;

/** A planted fault: whatever mandate is newest counts as anybody's. */
record MixedUpMandates(MandateBook book, AgentId asking) implements MandateBook {
    @Override
    public Optional<Sheet> find(MandateId id) {
        return current(asking);
    }

    @Override
    public Optional<Sheet> current(AgentId agent) {
        return list(1).stream().findFirst();
    }

    @Override
    public List<Sheet> list(int most) {
        return book.list(most).stream().map(this::passedOff).toList();
    }

    private Sheet passedOff(Sheet sheet) {
        Mandate real = sheet.mandate();
        Mandate mandate =
                new Mandate(
                        real.id(),
                        real.giver(),
                        asking,
                        real.task(),
                        real.permissions(),
                        real.limits(),
                        real.givenAt(),
                        real.status(),
                        real.version());
        return new Sheet(mandate, sheet.usage());
    }
}
