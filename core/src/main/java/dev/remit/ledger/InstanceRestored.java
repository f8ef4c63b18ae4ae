package dev.remit.ledger;

import dev.remit.identity.AgentId;
import dev.remit.identity.InstanceId;

/** An instance may act again, and what was counted against it counts no more. */
public record InstanceRestored(InstanceId instance, AgentId agent, String by)
        implements Event.OfConduct {}
