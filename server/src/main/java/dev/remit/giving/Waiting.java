package dev.remit.giving;

import dev.remit.approval.Question;
import dev.remit.call.Arguments;
import dev.remit.decision.intent.ToolReading;
import dev.remit.identity.Agent;
import dev.remit.ledger.IntentSaid;
import dev.remit.mandate.Sheet;
import java.util.Optional;

/**
 * A question with all that a person needs to see before answering it.
 *
 * @param intent what the rules of intent came to; empty if they were not heard
 * @param tool what its tool does, as it is read; empty if the tool is not known any more
 * @param sheet the mandate it was asked under
 * @param agent what the agent is called
 */
record Waiting(
        Question question,
        Arguments arguments,
        Optional<IntentSaid> intent,
        Optional<ToolReading> tool,
        Optional<Sheet> sheet,
        String agent) {

    static Waiting of(Question question, GivingEdge.Tools tools) {
        return new Waiting(
                question,
                tools.asked().arguments(question),
                tools.asked().intent(question),
                tools.tools().pin(question.tool()).map(tools.readings()::of),
                tools.mandates().find(question.mandate()),
                tools.agents()
                        .agent(question.agent())
                        .map(Agent::name)
                        .orElse(question.agent().text()));
    }

    Risk risk() {
        return Risk.of(tool);
    }

    /** What the rules of intent have against it. */
    Optional<IntentSaid> doubt() {
        return intent.filter(said -> said.as() != IntentSaid.As.AGREED);
    }
}
