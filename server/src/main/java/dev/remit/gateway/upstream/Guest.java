package dev.remit.gateway.upstream;

import dev.remit.identity.PersonId;
import java.util.Optional;

/**
 * As whom the gateway meets an upstream; nothing is shared between two of them.
 *
 * @param person only where the upstream knows each person as somebody else
 */
record Guest(String agent, Optional<PersonId> person) {
    /** For the gateway's own questions when no agent has a peer yet. */
    static final Guest HOUSE = new Guest("gateway", Optional.empty());
}
