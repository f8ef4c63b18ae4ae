package dev.remit.registry;

import dev.remit.call.Value;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentBook;
import dev.remit.identity.AgentId;
import dev.remit.mandate.Basis;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Proposal;
import dev.remit.mandate.template.Template;
import dev.remit.mandate.template.TemplateBook;
import dev.remit.mandate.template.TemplateFault;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** The organisation's templates: what mandates are made from, and for which agents. */
public final class Templates {
    private final TemplateBook book;
    private final Function<AgentId, Optional<Agent>> agents;

    public Templates(TemplateBook book, AgentBook agents) {
        this(book, agents::agent);
    }

    private Templates(TemplateBook book, Function<AgentId, Optional<Agent>> agents) {
        this.book = book;
        this.agents = agents;
    }

    /** Of an organisation that has none. */
    public static Templates none() {
        return new Templates(TemplateBook.none(), _ -> Optional.empty());
    }

    public Set<String> names() {
        return new TreeSet<>(book.names());
    }

    /**
     * The template of this name.
     *
     * @throws ActRefused if there is none, or it cannot be read
     */
    public Template find(String name) {
        try {
            return book.template(name)
                    .orElseThrow(
                            () ->
                                    new ActRefused(
                                            "there is no such template; `remit template list` shows"
                                                    + " them"));
        } catch (TemplateFault e) {
            throw new ActRefused("the template cannot be used: " + e.message());
        }
    }

    /**
     * What a mandate from a template would be.
     *
     * @throws ActRefused if there is no such template
     * @throws IllegalArgumentException if the values do not fit
     */
    public Proposal fill(String name, Map<String, Value> values) {
        return find(name).fill(values);
    }

    /**
     * Refuses a mandate whose template is not what it was, or is not for an agent that the mandate
     * reaches.
     *
     * @throws ActRefused and says why
     */
    void hold(Mandate mandate) {
        if (mandate.basis().isPresent()
                && mandate.basis().get() instanceof Basis.OfTemplate(String name, var digest)) {
            Template template = find(name);
            if (!template.digest().equals(digest)) {
                throw new ActRefused(
                        "the template `" + name + "` has changed meanwhile; look at it again");
            }
            admits(template, mandate.agent());
            mandate.delegates().forEach(one -> admits(template, one));
        }
    }

    private void admits(Template template, AgentId id) {
        Optional<Agent> agent = agents.apply(id);
        boolean admitted =
                agent.map(template::admits).orElse(template.admitsAny()); // one that is yet to come
        if (!admitted) {
            throw new ActRefused(
                    "the template `"
                            + template.name()
                            + "` is not for the agent "
                            + agent.map(Agent::name).orElse(id.text()));
        }
    }
}
