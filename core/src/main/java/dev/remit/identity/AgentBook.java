package dev.remit.identity;

import dev.remit.call.Digest;
import java.util.Optional;

/**
 * What the ledger says of agents and their instances, for reading; it changes only by appending to
 * the ledger.
 */
public interface AgentBook extends RevocationBook {
    Optional<Agent> agent(AgentId id);

    /** The agent of this name; names are unique. */
    Optional<Agent> agentNamed(String name);

    Optional<Instance> instance(InstanceId id);

    /** The enrolment code with this hash, if it was issued and not used. */
    Optional<EnrolmentCode> code(Digest hash);

    /**
     * Agents by name.
     *
     * @param from where the page begins, as the one before it said
     */
    Page<Agent> agents(AgentQuery query, String from, int most);

    /** How many agents these are. */
    long count(AgentQuery query);

    /**
     * Instances, oldest first.
     *
     * @param from where the page begins, as the one before it said
     */
    Page<Instance> instances(InstanceQuery query, String from, int most);
}
