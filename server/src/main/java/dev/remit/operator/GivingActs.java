package dev.remit.operator;

import dev.remit.call.Value;
import dev.remit.decision.intent.Plan;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentId;
import dev.remit.identity.MandateId;
import dev.remit.identity.Person;
import dev.remit.mandate.Amendment;
import dev.remit.mandate.CardText;
import dev.remit.mandate.CardWriter;
import dev.remit.mandate.LimitsText;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.MandateBook;
import dev.remit.mandate.MandateText;
import dev.remit.mandate.Permissions;
import dev.remit.mandate.Proposal;
import dev.remit.mandate.Suggestions;
import dev.remit.mandate.Suggestions.Suggestion;
import dev.remit.mandate.Task;
import dev.remit.mandate.template.Template;
import dev.remit.mandate.template.TemplateText;
import dev.remit.mandate.template.TemplateYaml;
import dev.remit.registry.ActRefused;
import dev.remit.registry.Grantor;
import dev.remit.registry.RefusedCalls;
import dev.remit.registry.RefusedCalls.RefusedCall;
import dev.remit.registry.Templates;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The operator's acts by which mandates come to be, and the templates they are made from. */
public final class GivingActs {
    private final Person operator;
    private final Grantor grantor;
    private final Templates templates;
    private final MandateBook mandates;
    private final AgentWords words;
    private final RefusedCalls refused;
    private final CardWriter cards;
    private final Suggestions suggestions;

    GivingActs(
            Person operator,
            Grantor grantor,
            MandateBook mandates,
            AgentWords words,
            RefusedCalls refused,
            CardWriter cards,
            Suggestions suggestions) {
        this.operator = operator;
        this.grantor = grantor;
        this.templates = grantor.templates();
        this.mandates = mandates;
        this.words = words;
        this.refused = refused;
        this.cards = cards;
        this.suggestions = suggestions;
    }

    /** What was asked for, and for which agents. */
    private record Asked(Agent agent, Proposal proposal, Set<AgentId> delegates) {
        String digest() {
            return proposal.digest(agent.id(), delegates).hex();
        }
    }

    /**
     * Gives a mandate; if what was shown of it before is named, then nothing else than that.
     *
     * @return its id
     */
    MandateId give(Value.Fields written) {
        Asked asked = read(written);
        if (written.get("seen").stream().anyMatch(seen -> !seen.equals(Value.of(asked.digest())))) {
            throw new ActRefused(
                    "what it would give has changed since it was shown; nothing was given, look"
                            + " again");
        }
        return grantor.give(
                        operator,
                        asked.agent().id(),
                        asked.proposal(),
                        asked.delegates(),
                        Optional.empty())
                .id();
    }

    /** What would be given, and nothing is. */
    Value preview(Value.Fields written) {
        Asked asked = read(written);
        Mandate mandate =
                grantor.propose(
                        operator,
                        asked.agent().id(),
                        asked.proposal(),
                        asked.delegates(),
                        Optional.empty());
        return Value.object()
                .put("agent", asked.agent().id().text())
                .put("card", CardText.write(cards.write(mandate, mandate.givenAt())))
                .put("seen", asked.digest())
                .put(
                        "suggested",
                        new Value.Items(
                                Plan.suggested(mandate, suggestions).stream()
                                        .map(GivingActs::write)
                                        .toList()))
                .build();
    }

    private static Value write(Suggestion one) {
        return Value.object().put("also", one.act().code()).put("because", one.because()).build();
    }

    private Asked read(Value.Fields written) {
        Optional<RefusedCall> call =
                written.text("call").map(name -> refused.find(name, operator.id()));
        Agent agent =
                call.isPresent()
                        ? words.find(call.get().agent().text())
                        : words.find(text(written, "agent"));
        Set<AgentId> delegates =
                written.items("delegates").stream()
                        .map(one -> words.find(one instanceof Value.Text(String name) ? name : ""))
                        .map(Agent::id)
                        .collect(Collectors.toSet());
        return new Asked(agent, proposal(written, call), delegates);
    }

    private Proposal proposal(Value.Fields written, Optional<RefusedCall> call) {
        Amendment amended = Amendment.read(written);
        Optional<String> template = written.text("template");
        Optional<String> like = written.text("like");
        if (template.isPresent() && like.isPresent()) {
            throw new IllegalArgumentException("a mandate is made from one thing, not two");
        }
        if (template.isPresent() || like.isPresent()) {
            none(written, "permissions", "limits", "call");
        }
        if (template.isPresent()) {
            none(written, "task");
            if (!amended.also().isEmpty()) {
                throw new IllegalArgumentException(
                        "a template says what is asked for; `also` adds nothing to it");
            }
            Proposal filled = templates.fill(template.get(), set(written)).amended(amended);
            return written.text("lives")
                    .map(lives -> shorter(filled, Duration.parse(lives)))
                    .orElse(filled);
        }
        none(written, "set");
        Task task = new Task(text(written, "task"), amended);
        Duration lives = Duration.parse(text(written, "lives"));
        if (like.isPresent()) {
            MandateId id = new MandateId(like.get());
            return Proposal.like(
                    mandates.find(id)
                            .orElseThrow(() -> new ActRefused("there is no mandate " + id))
                            .mandate(),
                    task,
                    lives);
        }
        Value.Fields limits = written.fields("limits").orElse(Value.Fields.EMPTY);
        return Proposal.of(
                task,
                permissions(written, call),
                LimitsText.read(limits, Instant.EPOCH),
                lives,
                Optional.empty());
    }

    /** Those that were typed; else, for calls like the one that was refused. */
    private static Permissions permissions(Value.Fields written, Optional<RefusedCall> call) {
        Permissions typed = MandateText.readPermissions(written);
        if (call.isEmpty() || !typed.all().isEmpty()) {
            return typed;
        }
        return new Permissions(
                List.of(
                        call.get()
                                .like()
                                .orElseThrow(
                                        () ->
                                                new ActRefused(
                                                        "it only asked for a mandate; say what it"
                                                                + " may do with --allow"))));
    }

    private static Map<String, Value> set(Value.Fields written) {
        if (written.get("set").filter(one -> !(one instanceof Value.Fields)).isPresent()) {
            throw new IllegalArgumentException("`set` has a value for each slot");
        }
        return written.fields("set").orElse(Value.Fields.EMPTY).values();
    }

    private static Proposal shorter(Proposal filled, Duration lives) {
        if (lives.compareTo(filled.lives()) > 0) {
            throw new ActRefused(
                    "a mandate from this template lives " + filled.lives() + " at most");
        }
        return filled.shortened(lives);
    }

    private static void none(Value.Fields written, String... names) {
        for (String name : names) {
            if (written.get(name).isPresent()) {
                throw new IllegalArgumentException(
                        "`" + name + "` is told by what the mandate is made from; leave it out");
            }
        }
    }

    /** Names, and what is wrong with those that cannot be read. */
    Value list() {
        return new Value.Items(
                templates.names().stream()
                        .map(
                                name -> {
                                    try {
                                        return (Value) written(templates.find(name));
                                    } catch (ActRefused e) {
                                        return Value.object()
                                                .put("name", name)
                                                .put("fault", String.valueOf(e.getMessage()))
                                                .build();
                                    }
                                })
                        .toList());
    }

    Value show(Value.Fields asked) {
        Template template = templates.find(text(asked, "template"));
        return written(template).with("yaml", Value.of(TemplateYaml.write(template)));
    }

    private static Value.Fields written(Template template) {
        Value.Building slots = Value.object();
        template.slots().forEach((name, slot) -> slots.put(name, slot.said()));
        return Value.object()
                .put("name", template.name())
                .put("digest", template.digest().hex())
                .put("about", template.about())
                .put("task", template.task())
                .put("fill", slots.build())
                .put("template", TemplateText.write(template))
                .build();
    }

    private static String text(Value.Fields asked, String name) {
        return asked.text(name)
                .orElseThrow(() -> new IllegalArgumentException("`" + name + "` is missing"));
    }
}
