package dev.remit.operator;

import dev.remit.call.ToolBook;
import dev.remit.call.Value;
import dev.remit.decision.intent.Plan;
import dev.remit.gate.Readings;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentBook;
import dev.remit.identity.MandateId;
import dev.remit.identity.Person;
import dev.remit.ledger.Ledger;
import dev.remit.mandate.CardText;
import dev.remit.mandate.CardWriter;
import dev.remit.mandate.MandateBook;
import dev.remit.mandate.MandateText;
import dev.remit.mandate.Sheet;
import dev.remit.mandate.Suggestions;
import dev.remit.registry.ActRefused;
import dev.remit.registry.Grantor;
import dev.remit.registry.RefusedCalls;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The operator's acts, by name, on JSON. What it is given is the person's own word; it decides
 * nothing.
 */
public final class OperatorDesk {
    private static final int LONGEST_LIST = 10_000;

    private final Person operator;
    private final FleetActs fleet;
    private final QuestionActs questions;
    private final Grantor grantor;
    private final Shelves shelves;
    private final GivingActs giving;
    private final CardWriter cards;
    private final PeopleActs people;
    private final ToolActs tools;
    private final InstantSource clock;

    public OperatorDesk(
            Person operator,
            FleetActs fleet,
            QuestionActs questions,
            Grantor grantor,
            Shelves shelves,
            PeopleActs people,
            Ledger ledger,
            InstantSource clock) {
        this.operator = operator;
        this.fleet = fleet;
        this.questions = questions;
        this.grantor = grantor;
        this.shelves = shelves;
        this.cards =
                new CardWriter(
                        shelves.tools(),
                        id -> shelves.agents().agent(id).map(Agent::name).orElse(id.text()),
                        Plan::understood);
        this.giving =
                new GivingActs(
                        operator,
                        grantor,
                        shelves.mandates(),
                        new AgentWords(shelves.agents()),
                        shelves.refused(),
                        cards,
                        shelves.suggestions());
        this.people = people;
        this.tools = new ToolActs(operator, shelves, ledger, clock);
        this.clock = clock;
    }

    /**
     * The books that the acts look things up in.
     *
     * @param upstreams the configured upstreams' names
     * @param readings what the tools are taken to do
     * @param suggestions what else a task's words may ask for
     */
    public record Shelves(
            AgentBook agents,
            MandateBook mandates,
            ToolBook tools,
            RefusedCalls refused,
            List<String> upstreams,
            Readings readings,
            Suggestions suggestions) {}

    /** Does the act; empty if there is none of this name. */
    public Optional<Value> act(String name, Value.Fields asked) {
        return Optional.ofNullable(
                switch (name) {
                    case "mandates/new" -> sheet(find(giving.give(asked)));
                    case "mandates/preview" -> giving.preview(asked);
                    case "mandates/list" -> list();
                    case "mandates/show" -> sheet(find(asked));
                    case "mandates/widen" -> widen(asked);
                    case "mandates/revoke" -> revoke(asked);
                    case "mandates/complete" -> complete(asked);
                    case "templates/list" -> giving.list();
                    case "templates/show" -> giving.show(asked);
                    default ->
                            tools.act(name, asked)
                                    .or(() -> fleet.act(name, asked))
                                    .or(() -> people.act(name, asked))
                                    .or(() -> questions.act(name, asked))
                                    .orElse(null);
                });
    }

    private Value list() {
        return new Value.Items(
                shelves.mandates().list(LONGEST_LIST).stream()
                        .map(sheet -> (Value) sheet(sheet))
                        .toList());
    }

    private Value widen(Value.Fields asked) {
        MandateId id = find(asked).mandate().id();
        grantor.widen(id, MandateText.readPermissions(asked).all(), operator);
        return sheet(find(id));
    }

    private Value revoke(Value.Fields asked) {
        MandateId id = find(asked).mandate().id();
        grantor.revoke(id, asked.text("why").orElse("revoked by " + operator.name()), operator);
        return sheet(find(id));
    }

    private Value complete(Value.Fields asked) {
        MandateId id = find(asked).mandate().id();
        grantor.complete(id, operator);
        return sheet(find(id));
    }

    private Value.Fields sheet(Sheet sheet) {
        return MandateText.write(sheet.mandate())
                .with("state", Value.of(sheet.state(clock.instant())))
                .with("card", CardText.write(cards.write(sheet.mandate(), clock.instant())))
                .with(
                        "used",
                        Value.object()
                                .put("calls", sheet.usage().calls())
                                .put("strikes", sheet.usage().strikes())
                                .build());
    }

    private Sheet find(Value.Fields asked) {
        return find(new MandateId(text(asked, "mandate")));
    }

    private Sheet find(MandateId id) {
        return shelves.mandates()
                .find(id)
                .orElseThrow(() -> new ActRefused("there is no mandate " + id));
    }

    private static String text(Value.Fields asked, String name) {
        return asked.text(name)
                .orElseThrow(() -> new IllegalArgumentException("`" + name + "` is missing"));
    }
}
