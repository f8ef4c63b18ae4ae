package dev.remit.decision;

import dev.remit.mandate.Sheet;
import java.util.Optional;

/**
 * What becomes of what a mandate allows, or a person may be asked about, when the organisation's
 * rules are heard. They make nothing possible that was not.
 */
final class UnderRules {
    private UnderRules() {}

    static Decision of(Decision decision, Sheet sheet) {
        if (decision instanceof Decision.Refuse) {
            return decision;
        }
        Case file = decision.file();
        Opinion opinion = file.rules().of(Circumstances.of(file, sheet));
        if (opinion.equals(Opinion.SILENT)) {
            return decision;
        }
        Optional<Refusal> refusal = opinion.refusal();
        boolean asks = refusal.equals(Optional.of(Refusal.RULE_ASKS));
        Decision heard =
                switch (decision) {
                    case Decision.Allow allow ->
                            refusal.isEmpty()
                                            || (asks
                                                    && allow.by()
                                                            instanceof Decision.Leave.ByAnswer)
                                    ? allow
                                    : Asking.insteadOf(
                                            new Decision.Refuse(
                                                    file, refusal.get(), opinion.detail()),
                                            sheet);
                    case Decision.Ask ask ->
                            refusal.isEmpty() || asks
                                    ? ask
                                    : new Decision.Refuse(
                                            file,
                                            ask.refusal(),
                                            (ask.detail() + " Nobody is asked: " + because(opinion))
                                                    .strip());
                    case Decision.Refuse refuse -> refuse;
                };
        return heard.saying(opinion.said());
    }

    private static String because(Opinion opinion) {
        return opinion.detail().isEmpty() ? "no rule permits it." : opinion.detail();
    }
}
