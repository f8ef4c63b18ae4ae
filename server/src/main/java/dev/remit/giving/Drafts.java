package dev.remit.giving;

import dev.remit.assent.TaskForm;
import dev.remit.call.Pin;
import dev.remit.call.Value;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentBook;
import dev.remit.identity.AgentId;
import dev.remit.identity.AgentQuery;
import dev.remit.identity.MandateId;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Proposal;
import dev.remit.mandate.Sheet;
import dev.remit.mandate.Task;
import dev.remit.mandate.template.Template;
import dev.remit.registry.ActRefused;
import dev.remit.registry.RefusedCalls;
import dev.remit.registry.Templates;
import dev.remit.session.SignedIn;
import dev.remit.web.Form;
import dev.remit.web.Html;
import dev.remit.web.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a person begins from: their own choice of tools, a template, or a mandate that they gave;
 * the form for it, and what it says when it is filled in.
 */
final class Drafts {
    private final GivingEdge.Tools tools;
    private final AgentBook agents;
    private final Templates templates;

    Drafts(GivingEdge.Tools tools) {
        this.tools = tools;
        this.agents = tools.agents();
        this.templates = tools.grantor().templates();
    }

    /** The form for what an address begins from; it fills in nothing else. */
    Page begin(SignedIn who, Optional<String> query) {
        Form form = query.flatMap(Form::read).orElse(new Form(Map.of()));
        Optional<String> call = form.get(FromCall.NAME);
        try {
            return call.isPresent()
                    ? form(who, FromCall.typed(refused(who, call.get()), pins()), Optional.empty())
                    : form(who, begun(form), Optional.empty());
        } catch (ActRefused e) {
            return choosing(who, Typed.NOTHING, Optional.of(String.valueOf(e.getMessage())));
        }
    }

    private RefusedCalls.RefusedCall refused(SignedIn who, String call) {
        return tools.refused().find(call, who.person().id());
    }

    private static Typed begun(Form form) {
        Map<String, String> said = new HashMap<>();
        for (String name : List.of(FromForm.TEMPLATE, FromForm.LIKE)) {
            form.get(name).ifPresent(value -> said.put(name, value));
        }
        return said.isEmpty() ? Typed.NOTHING : new Typed(new Form(said));
    }

    /**
     * The form, with what was typed before still in it.
     *
     * @param problem why it gives nothing as it is
     */
    Page form(SignedIn who, Typed typed, Optional<String> problem) {
        try {
            if (typed.has(FromForm.TEMPLATE)) {
                Template template = templates.find(typed.of(FromForm.TEMPLATE));
                List<Agent> good = known().stream().filter(template::admits).toList();
                return new FromForm(who, good, typed).of(template, problem);
            }
            if (typed.has(FromForm.LIKE)) {
                return new FromForm(who, known(), typed).of(own(typed, who), problem);
            }
            return choosing(who, typed, problem);
        } catch (ActRefused gone) {
            return choosing(who, Typed.NOTHING, Optional.of(String.valueOf(gone.getMessage())));
        }
    }

    private Page choosing(SignedIn who, Typed typed, Optional<String> problem) {
        List<String> names =
                typed.equals(Typed.NOTHING) ? List.copyOf(templates.names()) : List.of();
        List<Html> before = new ArrayList<>();
        if (typed.has(FromCall.NAME)) {
            RefusedCalls.RefusedCall call = refused(who, typed.of(FromCall.NAME));
            before.addAll(FromCall.said(call, name(call.agent())));
        }
        return new GiveForm(who, known(), pins(), names, typed).page(before, problem);
    }

    private String name(AgentId id) {
        return agents.agent(id).map(Agent::name).orElse(id.text());
    }

    private List<Agent> known() {
        AgentQuery good =
                new AgentQuery(
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        Optional.of(Agent.Standing.Kind.GOOD),
                        Optional.empty(),
                        Optional.empty());
        return agents.agents(good, dev.remit.identity.Page.START, AgentField.MOST + 1).items();
    }

    private List<Pin> pins() {
        return tools.upstreams().stream()
                .sorted()
                .flatMap(one -> tools.tools().pins(one).stream())
                .toList();
    }

    /**
     * What was filled in.
     *
     * @throws ActRefused with what is missing or cannot be understood
     * @throws IllegalArgumentException likewise
     */
    Proposal read(SignedIn who, Typed typed) {
        if (typed.has(FromForm.TEMPLATE)) {
            Map<String, Value> values = new HashMap<>();
            typed.form().values().keySet().stream()
                    .filter(field -> field.startsWith(FromForm.SLOT) && typed.has(field))
                    .forEach(
                            field ->
                                    values.put(
                                            field.substring(FromForm.SLOT.length()),
                                            Value.of(typed.of(field))));
            return templates.fill(typed.of(FromForm.TEMPLATE), values);
        }
        if (typed.has(FromForm.LIKE)) {
            return Proposal.like(
                    own(typed, who),
                    new Task(words(typed), AmendmentFields.read(typed)),
                    lives(typed));
        }
        return Chosen.read(typed, pins());
    }

    static String words(Typed typed) {
        String words = TaskForm.words(typed.form());
        if (words.isEmpty()) {
            throw new ActRefused("say the task in your words");
        }
        return words;
    }

    static Duration lives(Typed typed) {
        return TaskForm.life(typed.form()).orElseThrow(() -> new ActRefused("say until when"));
    }

    /** Another's is as one that is not there. */
    private Mandate own(Typed typed, SignedIn who) {
        Optional<Sheet> found;
        try {
            found = tools.mandates().find(new MandateId(typed.of(FromForm.LIKE)));
        } catch (IllegalArgumentException e) {
            found = Optional.empty();
        }
        return found.map(Sheet::mandate)
                .filter(one -> one.giver().id().equals(who.person().id()))
                .orElseThrow(() -> new ActRefused("you gave no such mandate"));
    }

    /** The agent that was chosen. */
    Agent agent(Typed typed) {
        String named = typed.of(AgentField.NAME);
        Optional<Agent> found =
                named.startsWith("agt_") ? agents.agent(new AgentId(named)) : Optional.empty();
        return found.or(() -> agents.agentNamed(named))
                .filter(Agent::isGood)
                .orElseThrow(() -> new ActRefused("there is no such agent, or it is suspended"));
    }
}
