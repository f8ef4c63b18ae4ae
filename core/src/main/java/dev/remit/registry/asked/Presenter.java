package dev.remit.registry.asked;

import dev.remit.approval.Question;
import dev.remit.call.Arguments;
import dev.remit.call.Pin;
import dev.remit.call.ToolBook;
import dev.remit.decision.intent.ToolReading;
import dev.remit.gate.Readings;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentBook;
import dev.remit.ledger.LedgerStore;
import dev.remit.mandate.MandateBook;
import dev.remit.mandate.Sheet;
import dev.remit.registry.AskedCalls;
import java.util.Optional;

/** Finds what people need to see of a question, wherever they are shown it. */
public final class Presenter {
    private final AskedCalls calls;
    private final ToolBook tools;
    private final Readings readings;
    private final MandateBook mandates;
    private final AgentBook agents;
    private final LastReading last;

    public Presenter(
            LedgerStore log,
            ToolBook tools,
            Readings readings,
            MandateBook mandates,
            AgentBook agents) {
        this.calls = new AskedCalls(log);
        this.tools = tools;
        this.readings = readings;
        this.mandates = mandates;
        this.agents = agents;
        this.last = new LastReading(log, tools, readings);
    }

    /** The question with all that is known of it now. */
    public Waiting of(Question question) {
        Arguments arguments = calls.arguments(question);
        Optional<Sheet> sheet = mandates.find(question.mandate());
        Optional<Pin> pin = tools.pin(question.tool());
        Optional<ToolReading> reading = pin.map(readings::of);
        return new Waiting(
                question,
                arguments,
                calls.intent(question),
                reading,
                sheet,
                agents.agent(question.agent()).map(Agent::name).orElse(question.agent().text()),
                reading.flatMap(
                        one ->
                                sheet.flatMap(
                                        under ->
                                                last.of(
                                                        question.tool(),
                                                        one,
                                                        arguments,
                                                        under.usage()))));
    }

    /** What the call that asked was to be made with. */
    public Arguments arguments(Question question) {
        return calls.arguments(question);
    }
}
