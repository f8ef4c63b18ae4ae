package dev.remit.ledger;

import dev.remit.call.Digest;
import dev.remit.call.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What rules said, in a decision: ids and what became of them in the leaf, words in the body. And
 * which rules there are from an entry on.
 */
final class RuleText {
    static final String TAKEN = "rules-taken";
    static final String DRAWN = "drawn";
    static final String LEAF = "rules";
    static final String BODY = "said";

    private RuleText() {}

    static EventText write(EventText text, Event.Ruling.Drawn drawn) {
        return text.with("ruling", DRAWN)
                .with("rule", drawn.rule())
                .with("most", drawn.most())
                .with("spent", SpentText.write(drawn.spent()));
    }

    static Event.Ruling readDrawn(EventText text) {
        return new Event.Ruling.Drawn(
                text.get("rule"), text.number("most"), SpentText.read(text.maybe("spent")));
    }

    static EventText write(Event.RulesTaken taken) {
        return EventText.of(TAKEN)
                .with("digest", taken.digest().hex())
                .with("rules", taken.rules())
                .with("otherwise", taken.otherwise())
                .saying("texts", taken.texts().map(RuleText::fields));
    }

    private static Value.Fields fields(Map<String, String> texts) {
        Value.Building fields = Value.object();
        new TreeMap<>(texts).forEach(fields::put);
        return fields.build();
    }

    static Event.RulesTaken readTaken(EventText text) {
        return new Event.RulesTaken(
                Digest.ofHex(text.get("digest")),
                text.number("rules"),
                text.get("otherwise"),
                text.body()
                        .fields("texts")
                        .map(
                                fields -> {
                                    Map<String, String> texts = new TreeMap<>();
                                    fields.values()
                                            .keySet()
                                            .forEach(
                                                    name ->
                                                            texts.put(
                                                                    name,
                                                                    fields.text(name)
                                                                            .orElseThrow()));
                                    return texts;
                                }));
    }

    static Optional<String> write(List<RuleSaid> all) {
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        String.join(
                                " ",
                                all.stream()
                                        .map(one -> one.rule() + "=" + one.as().code())
                                        .toList()));
    }

    static Optional<Value> sentences(List<RuleSaid> all) {
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(Value.ofTexts(all.stream().map(RuleSaid::sentence).toList()));
    }

    static List<RuleSaid> read(EventText text) {
        Optional<String> leaf = text.maybe(LEAF);
        if (leaf.isEmpty()) {
            return List.of();
        }
        List<Value> sentences = text.body().items(BODY);
        List<RuleSaid> all = new ArrayList<>();
        for (String one : leaf.get().split(" ", -1)) {
            int equals = one.indexOf('=');
            if (equals < 0 || all.size() >= sentences.size()) {
                throw new IllegalArgumentException("`" + one + "` is nothing that a rule said");
            }
            String sentence =
                    sentences.get(all.size()) instanceof Value.Text(String said) ? said : "";
            all.add(
                    new RuleSaid(
                            one.substring(0, equals),
                            RuleSaid.As.of(one.substring(equals + 1)),
                            sentence));
        }
        return all;
    }
}
