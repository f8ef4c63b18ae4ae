package dev.remit.gate;

import dev.remit.identity.AgentId;
import dev.remit.identity.PersonId;
import java.util.Optional;

/** Who stands behind a request to an upstream: an agent, and the person whose mandate it is. */
public record Party(AgentId agent, Optional<PersonId> person) {}
