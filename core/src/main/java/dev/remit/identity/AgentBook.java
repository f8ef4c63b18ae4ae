package dev.remit.identity;

import dev.remit.call.Digest;
import java.util.List;
import java.util.Optional;

/**
 * What the ledger says of agents and their instances, for reading; it changes only by appending to
 * the ledger.
 */
public interface AgentBook {
    Optional<Agent> agent(AgentId id);

    /** The agent of this name; names are unique. */
    Optional<Agent> agentNamed(String name);

    Optional<Instance> instance(InstanceId id);

    /** The enrolment code with this hash, if it was issued and not used. */
    Optional<EnrolmentCode> code(Digest hash);

    /** All agents by name. */
    List<Agent> agents();

    /** An agent's instances, oldest first. */
    List<Instance> instances(AgentId agent);
}
