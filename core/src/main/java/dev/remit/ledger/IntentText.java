package dev.remit.ledger;

import dev.remit.call.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What intent said, in a decision: the rule and what became of it in the leaf, words in the body.
 */
final class IntentText {
    static final String LEAF = "intent";
    static final String BODY = "meant";

    private IntentText() {}

    static Optional<String> leaf(Optional<IntentSaid> said) {
        return said.map(one -> one.rule() + "=" + one.as().code());
    }

    static Optional<Value> body(Optional<IntentSaid> said) {
        return said.map(
                one ->
                        Value.object()
                                .put("sentence", one.sentence())
                                .put("evidence", one.evidence())
                                .put(
                                        "origins",
                                        new Value.Items(
                                                one.origins().stream()
                                                        .map(IntentText::origin)
                                                        .toList()))
                                .build());
    }

    private static Value origin(IntentSaid.Origin origin) {
        return Value.object()
                .put("argument", origin.argument())
                .put("value", origin.value())
                .put("standing", origin.standing())
                .put("call", origin.call())
                .build();
    }

    static Optional<IntentSaid> read(EventText text) {
        Optional<String> leaf = text.maybe(LEAF);
        if (leaf.isEmpty()) {
            return Optional.empty();
        }
        int equals = leaf.get().indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException("`" + leaf.get() + "` is nothing intent said");
        }
        Value.Fields body = text.body().fields(BODY).orElse(Value.Fields.EMPTY);
        List<IntentSaid.Origin> origins = new ArrayList<>();
        for (Value one : body.items("origins")) {
            if (one instanceof Value.Fields fields) {
                origins.add(
                        new IntentSaid.Origin(
                                said(fields, "argument"),
                                said(fields, "value"),
                                said(fields, "standing"),
                                said(fields, "call")));
            }
        }
        return Optional.of(
                new IntentSaid(
                        leaf.get().substring(0, equals),
                        IntentSaid.As.of(leaf.get().substring(equals + 1)),
                        said(body, "sentence"),
                        said(body, "evidence"),
                        origins));
    }

    private static String said(Value.Fields fields, String name) {
        return fields.text(name).orElse("");
    }
}
