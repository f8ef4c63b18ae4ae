package dev.remit.mandate;

import dev.remit.call.Value;
import java.util.List;

/** A card as JSON, for whoever shows it elsewhere. */
public final class CardText {
    private CardText() {}

    public static Value.Fields write(Card card) {
        return Value.object()
                .put("task", card.task())
                .put("understood", card.understood().asks())
                .put("plan", Value.ofTexts(card.understood().plan()))
                .put("giver", card.giver())
                .put("agent", card.agent())
                .putIf("from", card.from().map(Value::of))
                .put("may", new Value.Items(card.may().stream().map(CardText::reach).toList()))
                .put("until", Value.ofTexts(card.until()))
                .put("may_not", Value.ofTexts(card.mayNot()))
                .put("asks", card.asks())
                .build();
    }

    private static Value reach(Card.Reach reach) {
        List<Value> lines = reach.lines().stream().map(CardText::line).toList();
        return Value.object()
                .put("upstream", reach.upstream())
                .put("tools", new Value.Items(lines))
                .build();
    }

    private static Value line(Card.Line line) {
        return Value.object()
                .put("permission", line.permission())
                .put("tools", line.tools())
                .put("kind", line.kind().words())
                .put("terms", Value.ofTexts(line.terms()))
                .build();
    }
}
