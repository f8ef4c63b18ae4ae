package dev.remit.conduct;

import dev.remit.identity.AgentId;
import dev.remit.identity.InstanceId;
import dev.remit.identity.MandateId;

/** Whom strikes are counted against, and what can be stopped because of them. */
public sealed interface Subject {
    /** Its id, whose form says which of them it is. */
    String text();

    record OfMandate(MandateId mandate) implements Subject {
        @Override
        public String text() {
            return mandate.text();
        }
    }

    record OfInstance(InstanceId instance) implements Subject {
        @Override
        public String text() {
            return instance.text();
        }
    }

    record OfAgent(AgentId agent) implements Subject {
        @Override
        public String text() {
            return agent.text();
        }
    }

    /**
     * Reads an id.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    static Subject read(String id) {
        if (id.startsWith("mdt_")) {
            return new OfMandate(new MandateId(id));
        }
        return id.startsWith("ins_")
                ? new OfInstance(new InstanceId(id))
                : new OfAgent(new AgentId(id));
    }
}
