package dev.remit.registry;

import dev.remit.call.Pin;
import dev.remit.call.Tool;
import dev.remit.call.ToolBook;
import dev.remit.decision.Circumstances;
import dev.remit.decision.Opinion;
import dev.remit.decision.Rules;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentBook;
import dev.remit.identity.AgentId;
import dev.remit.identity.PersonBook;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Permission;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** The ceiling that the organisation's rules set. */
public final class RuledCeiling implements Ceiling {
    private final Supplier<Rules> rules;
    private final AgentBook agents;
    private final PersonBook people;
    private final ToolBook tools;
    private final List<String> upstreams;

    /**
     * @param rules gives the organisation's rules as they are now
     */
    public RuledCeiling(
            Supplier<Rules> rules,
            AgentBook agents,
            PersonBook people,
            ToolBook tools,
            List<String> upstreams) {
        this.rules = rules;
        this.agents = agents;
        this.people = people;
        this.tools = tools;
        this.upstreams = List.copyOf(upstreams);
    }

    /**
     * For any agent that it reaches and any tool that it names now. Tools that come later are held
     * against it at each call.
     */
    @Override
    public void hold(Mandate mandate, Instant now) {
        Rules current = rules.get();
        Set<AgentId> reached = new TreeSet<>((a, b) -> a.text().compareTo(b.text()));
        reached.add(mandate.agent());
        reached.addAll(mandate.delegates());
        for (AgentId id : reached) {
            Optional<Agent> agent = agents.agent(id);
            if (agent.isPresent()) { // the ledger takes no mandate for one that is not there
                for (Tool tool : named(mandate)) {
                    hold(current, agent.get(), mandate, tool, now);
                }
            }
        }
    }

    private void hold(Rules current, Agent agent, Mandate mandate, Tool tool, Instant now) {
        Opinion opinion =
                current.ofGiving(
                        new Circumstances(
                                List.of(agent),
                                mandate,
                                people.account(mandate.giver().id()),
                                tool,
                                tools.pin(tool),
                                Optional.empty(),
                                now));
        if (opinion.refusal().isPresent()) {
            throw new ActRefused(
                    "nobody may give "
                            + tool
                            + " to the agent "
                            + agent.name()
                            + ". "
                            + opinion.detail());
        }
    }

    /** As far as tools were seen; what comes to be seen later is held at the call. */
    private Set<Tool> named(Mandate mandate) {
        Set<Tool> named = new TreeSet<>((a, b) -> a.toString().compareTo(b.toString()));
        for (Permission one : mandate.permissions().all()) {
            if (one.tools().isExact()) {
                named.add(Tool.of(one.tools().text()));
            }
        }
        for (String upstream : upstreams) {
            for (Pin pin : tools.pins(upstream)) {
                if (!mandate.permissions().of(pin.tool()).isEmpty()) {
                    named.add(pin.tool());
                }
            }
        }
        return named;
    }
}
