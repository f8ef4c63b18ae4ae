package dev.remit.mandate;

import dev.remit.call.Digest;
import dev.remit.identity.MandateId;

/** What a mandate was made from, if not from its giver's words alone. */
public sealed interface Basis {
    /**
     * A template with its slots filled.
     *
     * @param digest of the template as it was then
     */
    record OfTemplate(String name, Digest digest) implements Basis {}

    /** Another mandate's permissions and limits, as they were then. */
    record OfMandate(MandateId id) implements Basis {}
}
