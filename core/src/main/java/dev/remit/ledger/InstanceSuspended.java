package dev.remit.ledger;

import dev.remit.identity.AgentId;
import dev.remit.identity.InstanceId;

/** An instance may do nothing until a person restores it. */
public record InstanceSuspended(InstanceId instance, AgentId agent, String why, String by)
        implements Event.OfConduct {}
