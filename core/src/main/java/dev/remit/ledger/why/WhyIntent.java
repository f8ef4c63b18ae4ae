package dev.remit.ledger.why;

import dev.remit.call.Quotation;
import dev.remit.call.Value;
import dev.remit.ledger.IntentSaid;
import java.util.ArrayList;
import java.util.List;

/** What intent said of a call, for {@code remit why}. */
final class WhyIntent {
    private WhyIntent() {}

    static Value json(IntentSaid said) {
        List<Value> origins = new ArrayList<>();
        for (IntentSaid.Origin one : said.origins()) {
            origins.add(
                    Value.object()
                            .put("argument", one.argument())
                            .put("value", one.value())
                            .put("standing", one.standing())
                            .put("call", one.call())
                            .build());
        }
        return Value.object()
                .put("rule", said.rule())
                .put("as", said.as().code())
                .put("says", said.sentence())
                .put("evidence", said.evidence())
                .put("origins", new Value.Items(origins))
                .build();
    }

    static String said(IntentSaid said) {
        String what =
                switch (said.as()) {
                    case AGREED, ASKED, REFUSED -> "";
                    case WARNED -> "would have stopped it; it only warns yet. ";
                    case OBSERVED -> "would have stopped it; it is only watched yet. ";
                };
        return said.rule() + ": " + what + Quotation.of(said.said());
    }

    static String origin(IntentSaid.Origin one) {
        return Quotation.of(one.argument())
                + " “"
                + Quotation.of(one.value())
                + "”: "
                + Quotation.of(one.standing())
                + (one.call().isEmpty() ? "" : ", " + one.call());
    }
}
