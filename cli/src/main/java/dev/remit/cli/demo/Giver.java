package dev.remit.cli.demo;

import dev.remit.call.Value;
import dev.remit.cli.Operator;
import dev.remit.cli.Shorthand;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The person in the story, who gives mandates, answers questions and ends what was given. */
final class Giver {
    private final Operator operator;
    private final Stage stage;

    Giver(Operator operator, Stage stage) {
        this.operator = operator;
        this.stage = stage;
    }

    /** The person answers what waits for them. */
    void answer(String verdict) {
        waiting()
                .ifPresentOrElse(
                        question ->
                                act(
                                        "questions/answer",
                                        Value.object()
                                                .put(
                                                        "question",
                                                        question.text("question").orElseThrow())
                                                .put("verdict", verdict)
                                                .build()),
                        () -> stage.sees(false, "one question waits"));
    }

    /** The one question that waits. */
    Optional<Value.Fields> waiting() {
        return act("questions/list", Value.Fields.EMPTY) instanceof Value.Items(var all)
                        && all.size() == 1
                ? Optional.of((Value.Fields) all.getFirst())
                : Optional.empty();
    }

    String give(String agent, String words, Duration lives, List<String> permissions) {
        return give(agent, words, lives, permissions, Value.Fields.EMPTY);
    }

    String give(
            String agent,
            String words,
            Duration lives,
            List<String> permissions,
            Value.Fields limits) {
        Value.Fields given =
                (Value.Fields)
                        act(
                                "mandates/new",
                                Value.object()
                                        .put("task", words)
                                        .put("agent", agent)
                                        .put("permissions", Shorthand.permissions(permissions))
                                        .put("lives", lives.toString())
                                        .put("limits", limits)
                                        .build());
        return given.text("id").orElseThrow();
    }

    Value act(String name, Value.Fields asked) {
        return operator.act(name, asked);
    }
}
