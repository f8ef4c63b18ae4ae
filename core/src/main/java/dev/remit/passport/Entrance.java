package dev.remit.passport;

import dev.remit.call.Value;
import dev.remit.identity.Admission;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentBook;
import dev.remit.identity.AgentId;
import dev.remit.identity.Doubt;
import dev.remit.identity.Instance;
import dev.remit.identity.Jwk;
import dev.remit.identity.Proofs;
import dev.remit.ledger.Event;
import dev.remit.ledger.Ledger;
import dev.remit.ledger.Receipt;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What everybody goes through whom an issuer vouches for, whatever the issuer's word looks like.
 */
final class Entrance {
    private static final long LAST_SECOND = 253_402_300_799L; // of the year 9999

    private final AgentBook agents;
    private final Ledger ledger;

    Entrance(AgentBook agents, Ledger ledger) {
        this.agents = agents;
        this.ledger = ledger;
    }

    /** Whether a statement has begun, and has an end that is to come. */
    static boolean isTimely(Value.Fields claims, Instant now) {
        long latest = now.getEpochSecond() + Proofs.WINDOW_SECONDS;
        OptionalLong end = claims.whole("exp");
        return end.isPresent()
                && end.getAsLong() > now.getEpochSecond()
                && end.getAsLong() <= LAST_SECOND
                && began(claims, "nbf", latest)
                && began(claims, "iat", latest);
    }

    private static boolean began(Value.Fields claims, String name, long latest) {
        return claims.get(name).isEmpty() || claims.whole(name).orElse(Long.MAX_VALUE) <= latest;
    }

    /** Makes the subject an agent, if it is not one; says whether it is one then. */
    boolean introduce(AgentId id, String issuer, String subject, long most, Instant now) {
        for (String name : AgentNames.of(issuer, subject, id)) {
            if (agents.agent(id).isPresent()) {
                return true;
            }
            Agent agent = new Agent(id, name, now, new Agent.Standing.Good());
            if (ledger.append(new Event.AgentIntroduced(agent, issuer, subject, most), now)
                    instanceof Receipt) {
                return true;
            }
        }
        return agents.agent(id).isPresent();
    }

    Optional<Agent> agentNamed(String name) {
        return agents.agentNamed(name);
    }

    /** Enrols the key, or notes the newer word for it. */
    Enrolment.Answer write(AgentId agent, Jwk key, Admission admission, Doubt ended, Instant now) {
        Instance instance = Instance.enrolled(admission.instance(), agent, key, now);
        if (!(ledger.append(new Event.InstanceAdmitted(instance, admission), now)
                instanceof Receipt)) {
            return new Enrolment.Answer.Refused(ended);
        }
        return new Enrolment.Answer.Enrolled(agents.instance(admission.instance()).orElseThrow());
    }
}
