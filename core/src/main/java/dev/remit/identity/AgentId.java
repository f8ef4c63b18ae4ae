package dev.remit.identity;

import java.util.regex.Pattern;

/** Names one agent (OAuth client): software that acts for people. */
public record AgentId(String text) {
    private static final Pattern FORM = Pattern.compile("agt_[0-9A-Za-z_-]{1,64}");

    public AgentId {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("`" + text + "` is not of the form agt_…");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
