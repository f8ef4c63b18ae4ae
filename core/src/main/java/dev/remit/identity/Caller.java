package dev.remit.identity;

import java.util.Optional;

/**
 * Proof that a request's token, DPoP proof and key have been checked. Only the {@link
 * Authenticator} makes one.
 *
 * <p>It says who asks, not what is allowed: that is for the mandate, as it is when the call is
 * decided.
 */
public final class Caller {
    private final Instance instance;
    private final Optional<MandateId> mandate;

    Caller(Instance instance, Optional<MandateId> mandate) {
        this.instance = instance;
        this.mandate = mandate;
    }

    public Instance instance() {
        return instance;
    }

    public AgentId agent() {
        return instance.agent();
    }

    /** The mandate the token was asked for; empty means the agent's current one. */
    public Optional<MandateId> mandate() {
        return mandate;
    }
}
