package dev.remit.decision;

import dev.remit.ledger.RuleSaid;
import dev.remit.mandate.Sheet;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What becomes of what a mandate allows, or a person may be asked about, when the organisation's
 * rules are heard. They make nothing possible that was not, unless the giver would have been asked:
 * then a rule may say yes in their place.
 */
final class UnderRules {
    /** What a rule's yes can make good; a person's can make good more. */
    private static final Set<Refusal> DRAWABLE =
            EnumSet.of(Refusal.NOT_PERMITTED, Refusal.ARGUMENT_NOT_PERMITTED);

    private UnderRules() {}

    static Decision of(Decision decision, Sheet sheet) {
        if (decision instanceof Decision.Refuse) {
            return decision;
        }
        Case file = decision.file();
        Circumstances circumstances = Circumstances.of(file, sheet);
        Opinion opinion = file.rules().of(circumstances);
        if (decision instanceof Decision.Ask ask && opinion.refusal().isEmpty()) {
            return drawn(ask, sheet, circumstances, opinion);
        }
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
        return heard.hearing(decision.heard().with(opinion.said()));
    }

    /** A rule may say yes instead of the giver, whom it would have been put to. */
    private static Decision drawn(
            Decision.Ask ask, Sheet sheet, Circumstances circumstances, Opinion opinion) {
        Case file = ask.file();
        Optional<Draw> draw =
                DRAWABLE.contains(ask.refusal()) && !Judge.isCapped(file)
                        ? file.rules().draw(circumstances, sheet.usage().byPermission())
                        : Optional.empty();
        if (draw.isEmpty()) {
            return ask.hearing(ask.heard().with(opinion.said()));
        }
        List<RuleSaid> said = new ArrayList<>(opinion.said());
        said.add(new RuleSaid(draw.get().rule(), RuleSaid.As.DREW, draw.get().sentence()));
        return Judge.decideByLimits(file, sheet, new Decision.Leave.ByRule(draw.get()))
                .hearing(ask.heard().with(said));
    }

    private static String because(Opinion opinion) {
        return opinion.detail().isEmpty() ? "no rule permits it." : opinion.detail();
    }
}
