package dev.remit.ledger.why;

import dev.remit.call.Value;
import dev.remit.ledger.RuleSaid;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the organisation's rules said of a call, for {@code remit why}. */
final class WhyRules {
    private WhyRules() {}

    static Value json(List<RuleSaid> rules) {
        List<Value> all = new ArrayList<>();
        for (RuleSaid one : rules) {
            all.add(
                    Value.object()
                            .put("rule", one.rule())
                            .put("as", one.as().name().toLowerCase(Locale.ROOT))
                            .put("says", one.sentence())
                            .build());
        }
        return new Value.Items(all);
    }

    static String drawn(String rule, long most) {
        return " by the rule "
                + rule
                + ", which says yes to "
                + most
                + " such calls under a mandate instead of its giver";
    }

    static String said(RuleSaid one) {
        String what =
                switch (one.as()) {
                    case PERMITTED -> "permits it";
                    case FORBADE -> "forbids it";
                    case FAILED -> "could not be judged, which counts as a no";
                    case ASKED -> "wants a person's yes";
                    case DREW -> "says yes to it instead of the giver";
                    case WARNED -> "would have refused or asked; it only warns yet";
                    case OBSERVED -> "would have refused or asked; it is only watched yet";
                };
        return one.rule() + " " + what + (one.sentence().isEmpty() ? "" : ": " + one.sentence());
    }
}
