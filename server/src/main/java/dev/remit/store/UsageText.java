package dev.remit.store;

import dev.remit.call.Value;
import dev.remit.mandate.History;
import dev.remit.mandate.Usage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What has been used of a mandate, as the books keep it. */
final class UsageText {
    private UsageText() {}

    static Value.Fields write(Usage usage) {
        Value.Building spent = Value.object();
        usage.spent().forEach((budget, amount) -> spent.put(budget, amount.toPlainString()));
        return Value.object()
                .put("calls", usage.calls())
                .put("permissions", counts(usage.byPermission()))
                .put("strikes", usage.strikes())
                .put("last", usage.lastAllowedAt().toString())
                .put(
                        "recent",
                        Value.ofTexts(usage.recent().stream().map(Instant::toString).toList()))
                .put("open", usage.open())
                .put("spent", spent.build())
                .put("made", counts(usage.history().made()))
                .put("succeeded", counts(usage.history().succeeded()))
                .put("labels", Value.ofTexts(usage.history().labels()))
                .put("unanswered", UnansweredText.write(usage.unanswered()))
                .put("asked", Value.ofTexts(usage.asked().stream().map(Instant::toString).toList()))
                .put("declined", Value.ofTexts(usage.declined()))
                .put("answers", answers(usage.answers()))
                .build();
    }

    static Usage read(Value.Fields text) {
        Map<String, BigDecimal> spent = new HashMap<>();
        text.fields("spent")
                .orElseThrow()
                .values()
                .forEach(
                        (budget, amount) ->
                                spent.put(budget, new BigDecimal(((Value.Text) amount).value())));
        return new Usage(
                text.whole("calls").orElseThrow(),
                readCounts(text, "permissions"),
                text.whole("strikes").orElseThrow(),
                Instant.parse(text.text("last").orElseThrow()),
                texts(text, "recent").stream().map(Instant::parse).toList(),
                text.whole("open").orElseThrow(),
                spent,
                new History(
                        readCounts(text, "made"),
                        readCounts(text, "succeeded"),
                        Set.copyOf(texts(text, "labels"))),
                UnansweredText.read(text.fields("unanswered").orElseThrow()),
                texts(text, "asked").stream().map(Instant::parse).toList(),
                Set.copyOf(texts(text, "declined")),
                readAnswers(text.items("answers")));
    }

    /** The places one after the other: of a decision, of its end, of the next decision. */
    private static Value answers(List<Usage.Answer> answers) {
        List<Value> places = new ArrayList<>();
        for (Usage.Answer one : answers) {
            places.add(Value.of(one.decided()));
            places.add(Value.of(one.ended()));
        }
        return new Value.Items(places);
    }

    private static List<Usage.Answer> readAnswers(List<Value> places) {
        List<Usage.Answer> answers = new ArrayList<>();
        for (int i = 0; i + 1 < places.size(); i += 2) {
            answers.add(new Usage.Answer(place(places.get(i)), place(places.get(i + 1))));
        }
        return answers;
    }

    private static long place(Value value) {
        return ((Value.Num) value).value().longValueExact();
    }

    private static Value.Fields counts(Map<String, Long> counts) {
        Value.Building written = Value.object();
        counts.forEach(written::put);
        return written.build();
    }

    private static Map<String, Long> readCounts(Value.Fields text, String name) {
        Value.Fields counts = text.fields(name).orElseThrow();
        return counts.values().keySet().stream()
                .collect(Collectors.toMap(one -> one, one -> counts.whole(one).orElseThrow()));
    }

    private static List<String> texts(Value.Fields text, String name) {
        return text.items(name).stream().map(one -> ((Value.Text) one).value()).toList();
    }
}
