package dev.remit.identity;

import java.time.Instant;

/**
 * Makes the step that a holder signs to pass a part of its authority on; what authority is made of
 * is not known here. Throws {@link IllegalArgumentException}, with what to do, where the gateway
 * would refuse the step.
 */
public interface Handover {
    /**
     * Who passes on: an instance that acts under the mandate by a person's leave alone.
     *
     * @param instance the gateway's name for it
     * @param gateway the gateway's own name
     */
    record Holder(String instance, String gateway, MandateId mandate) {}

    /** The first step of a chain. */
    DelegationStep first(Holder by, Jwk to, String id, Instant now);

    /** A further step of a chain, by the holder of the key that its last step is for. */
    DelegationStep after(DelegationChain chain, Jwk to, String id, Instant now);
}
