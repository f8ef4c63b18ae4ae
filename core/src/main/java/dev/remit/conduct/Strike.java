package dev.remit.conduct;

import dev.remit.identity.AgentId;
import dev.remit.identity.InstanceId;
import dev.remit.identity.MandateId;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A refusal that counts against those who acted.
 *
 * @param entry its record in the ledger
 * @param mandate the one that was overstepped, if it was theirs
 * @param agent empty if the caller proved no key: whoever has a token that is bound to none does
 *     not bring down all that the agent does
 */
public record Strike(
        long entry,
        Instant at,
        long weight,
        Optional<MandateId> mandate,
        InstanceId instance,
        Optional<AgentId> agent) {

    /** All that it counts against. */
    public Stream<Subject> subjects() {
        return Stream.of(
                        mandate.<Subject>map(Subject.OfMandate::new),
                        Optional.<Subject>of(new Subject.OfInstance(instance)),
                        agent.<Subject>map(Subject.OfAgent::new))
                .flatMap(Optional::stream);
    }
}
