package dev.remit.mandate.template;

import dev.remit.identity.Agent;
import java.util.List;

/**
 * The agents that may be given a mandate from a template: by id or tag, since whoever registers an
 * agent chooses its name.
 *
 * @param written {@code agt_…} or {@code tag=value}, one of them; if empty, any agent
 */
record Eligible(List<String> written) {
    private static final String FORM =
            "agt_[0-9A-Za-z_-]{1,100}|[^=\\s]{1,64}=[^\\p{Cntrl}]{1,200}";

    Eligible {
        written = List.copyOf(written);
        if (!written.stream().allMatch(one -> one.matches(FORM))) {
            throw new IllegalArgumentException(
                    "an agent is named by its id, agt_…, or by a tag, as in team=notes");
        }
    }

    boolean admits(Agent agent) {
        return written.isEmpty()
                || written.contains(agent.id().text())
                || agent.tags().entrySet().stream()
                        .anyMatch(tag -> written.contains(tag.getKey() + "=" + tag.getValue()));
    }
}
