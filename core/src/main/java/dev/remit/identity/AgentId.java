package dev.remit.identity;

/** Names one agent (OAuth client): software that acts for people. */
public record AgentId(String text) {
    public AgentId {
        if (!text.matches("agt_[0-9A-Za-z_-]{1,64}")) {
            throw new IllegalArgumentException("`" + text + "` is not of the form agt_…");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
