package dev.remit.authority;

import dev.remit.identity.Instance;
import dev.remit.identity.Lineage;
import dev.remit.identity.MandateId;
import dev.remit.identity.PersonId;
import dev.remit.identity.RefreshToken;
import java.time.Instant;
import java.util.Optional;

/**
 * What a grant entitles to.
 *
 * @param audience the widest resource that the tokens may be for
 * @param renewal the refresh token that goes with it
 * @param lineage through whose hands it came, if it was passed on
 * @param until when the tokens end at the latest
 */
record Entitled(
        Instance instance,
        Optional<PersonId> person,
        Optional<MandateId> mandate,
        String audience,
        Optional<RefreshToken> renewal,
        Optional<Lineage> lineage,
        Optional<Instant> until) {

    /** An instance in its agent's own name. */
    static Entitled of(Instance instance, Optional<MandateId> mandate, String audience) {
        return new Entitled(
                instance,
                Optional.empty(),
                mandate,
                audience,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    Entitled forPerson(PersonId whose) {
        return new Entitled(
                instance, Optional.of(whose), mandate, audience, renewal, lineage, until);
    }

    Entitled with(RefreshToken next) {
        return new Entitled(instance, person, mandate, audience, Optional.of(next), lineage, until);
    }

    Entitled passedOn(Lineage from) {
        return new Entitled(instance, person, mandate, audience, renewal, Optional.of(from), until);
    }

    /** The same, at most until then. */
    Entitled until(Instant end) {
        Instant earlier = until.filter(end::isAfter).orElse(end);
        return new Entitled(
                instance, person, mandate, audience, renewal, lineage, Optional.of(earlier));
    }
}
