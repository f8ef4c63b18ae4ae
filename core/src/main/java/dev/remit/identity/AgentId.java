package dev.remit.identity;

import dev.remit.call.IdForm;

/** Names one agent (OAuth client): software that acts for people. */
public record AgentId(String text) {
    public AgentId {
        IdForm.check("agt_", text);
    }

    @Override
    public String toString() {
        return text;
    }
}
