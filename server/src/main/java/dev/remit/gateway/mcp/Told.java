package dev.remit.gateway.mcp;

import dev.remit.call.CallId;
import dev.remit.call.Outcome;
import dev.remit.call.Value;
import dev.remit.decision.Refusal;
import dev.remit.gate.Advice;
import dev.remit.gate.Answer;
import dev.remit.gateway.wire.Meta;
import dev.remit.gateway.wire.Rpc;
import java.util.List;
import java.util.Optional;

/**
 * How the end of a call is told to an agent: the upstream's answer as it is, and anything else in
 * words for the model and in fields for the program.
 */
final class Told {
    /** The code of a refusal that is not of a tool; outside what the protocol keeps for itself. */
    static final long REFUSED = 403;

    private static final String GIVE = "/mandates/new?call=";

    private final Optional<String> pages;

    /**
     * @param pages the origin that people use; empty if there are no pages for them
     */
    Told(Optional<String> pages) {
        this.pages = pages;
    }

    /** A result or an error, for a tool's call. */
    Ending ofTool(Answer answer) {
        return switch (answer) {
            case Answer.Ended ended ->
                    switch (ended.outcome()) {
                        case Outcome.Answered answered -> Ending.of(answered.reply());
                        case Outcome.Asked asked -> Ending.of(asked.reply());
                        case Outcome.Failed failed ->
                                new Ending.Result(
                                        result(said(failed), broken(ended.call(), failed)));
                        case Outcome.Unknown unknown ->
                                new Ending.Result(
                                        result(said(unknown), broken(ended.call(), unknown)));
                    };
            case Answer.Asked asked ->
                    new Ending.Result(
                            result(Waits.said(asked, page(asked)), Waits.of(asked, page(asked))));
            case Answer.CutShort cut -> new Ending.Result(result(said(cut), cutShort(cut)));
            case Answer.Refused refused ->
                    new Ending.Result(result(said(refused), refusal(refused)));
        };
    }

    /** A result or an error, for anything else than a tool's call. */
    Ending ofMethod(Answer answer) {
        return switch (answer) {
            case Answer.Ended ended ->
                    switch (ended.outcome()) {
                        case Outcome.Answered answered -> Ending.of(answered.reply());
                        case Outcome.Asked asked -> Ending.of(asked.reply());
                        case Outcome.Failed failed -> fault(ended.call(), failed);
                        case Outcome.Unknown unknown -> fault(ended.call(), unknown);
                    };
            case Answer.Asked asked ->
                    new Ending.Fault(
                            Rpc.fault(
                                    REFUSED,
                                    Waits.said(asked, page(asked)),
                                    Optional.of(Waits.of(asked, page(asked)))));
            case Answer.CutShort cut ->
                    new Ending.Fault(Rpc.fault(REFUSED, said(cut), Optional.of(cutShort(cut))));
            case Answer.Refused refused ->
                    new Ending.Fault(
                            Rpc.fault(REFUSED, said(refused), Optional.of(refusal(refused))));
        };
    }

    private static Ending fault(CallId call, Outcome outcome) {
        return new Ending.Fault(
                Rpc.fault(Rpc.INTERNAL_ERROR, said(outcome), Optional.of(broken(call, outcome))));
    }

    /** What stands where the answer would. */
    sealed interface Ending {
        record Result(Value.Fields result) implements Ending {}

        record Fault(Value.Fields error) implements Ending {}

        private static Ending of(Value.Fields reply) {
            return reply.fields("error").isPresent()
                    ? new Fault(reply.fields("error").get())
                    : new Result(reply.fields("result").orElse(Value.Fields.EMPTY));
        }
    }

    private static Value.Fields result(String text, Value.Fields structured) {
        Value.Fields content = Value.object().put("type", "text").put("text", text).build();
        return Value.object()
                .put("content", new Value.Items(List.of(content)))
                .put("isError", true)
                .put(Meta.NAME, structured)
                .build();
    }

    /** Where a person can begin from the refused call to give what it lacked. */
    private Optional<String> page(Answer.Refused refused) {
        return switch (refused.refusal()) {
            case NO_MANDATE, MANDATE_COMPLETED, MANDATE_EXPIRED, MANDATE_IDLE ->
                    pages.map(origin -> origin + GIVE + refused.call());
            default -> Optional.empty();
        };
    }

    /** Where a person answers. */
    private Optional<String> page(Answer.Asked asked) {
        return pages.map(origin -> origin + Usher.PAGE + asked.question());
    }

    private String said(Answer.Refused whole) {
        Answer.Refused refused = whole.told();
        Refusal refusal = refused.refusal();
        String detail = refused.detail();
        return "Refused: "
                + refusal.sentence()
                + ". "
                + (detail.isEmpty() ? "" : detail + " ")
                + Advice.of(refusal, refused.times())
                + page(refused).map(one -> " The person's page: " + one).orElse("")
                + " (call "
                + refused.call()
                + ")";
    }

    private Value.Fields refusal(Answer.Refused whole) {
        Answer.Refused refused = whole.told();
        Refusal refusal = refused.refusal();
        Value.Fields structured =
                Value.object()
                        .put("code", refusal.code())
                        .put("call", refused.call().text())
                        .put("sentence", refusal.sentence())
                        .put("detail", refused.detail())
                        .put("advice", Advice.of(refusal, refused.times()))
                        .put("times", refused.times())
                        .putIf("page", page(refused).map(Value::of))
                        .build();
        return Value.object().put(Meta.REFUSAL, structured).build();
    }

    private static String said(Answer.CutShort cut) {
        return "Cut short: "
                + cut.refusal().sentence()
                + ". "
                + (cut.detail().isEmpty() ? "" : cut.detail() + " ")
                + became(cut.outcome())
                + " "
                + Advice.ofEnded(cut.refusal())
                + " (call "
                + cut.call()
                + ")";
    }

    /** What became of a call that was cut short; its answer is not told. */
    private static String became(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Failed _ -> "The call had not been made.";
            case Outcome.Answered _, Outcome.Asked _ -> "The upstream had answered by then.";
            case Outcome.Unknown _ ->
                    "The call was under way, and may or may not have had its effect.";
        };
    }

    private static Value.Fields cutShort(Answer.CutShort cut) {
        Value.Fields structured =
                Value.object()
                        .put("code", cut.refusal().code())
                        .put("call", cut.call().text())
                        .put("sentence", cut.refusal().sentence())
                        .put("detail", (cut.detail() + " " + became(cut.outcome())).strip())
                        .put("advice", Advice.ofEnded(cut.refusal()))
                        .put("underWay", true)
                        .build();
        return Value.object().put(Meta.REFUSAL, structured).build();
    }

    private static String said(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Answered _ -> "Answered.";
            case Outcome.Asked _ -> "More is needed.";
            case Outcome.Failed(String reason, _) ->
                    "The call was allowed, but it was not made: "
                            + reason
                            + ". Nothing has happened; it may be tried again later.";
            case Outcome.Unknown(String reason, _) ->
                    "The call was sent, but no answer came: "
                            + reason
                            + ". It may or may not have happened. Do not repeat it before you have"
                            + " looked whether it did, or asked the person.";
        };
    }

    private static Value.Fields broken(CallId call, Outcome outcome) {
        boolean maybe = outcome instanceof Outcome.Unknown;
        Value.Fields structured =
                Value.object()
                        .put("code", maybe ? "outcome-unknown" : "not-made")
                        .put("call", call.text())
                        .put("sentence", maybe ? "it may have happened" : "it has not happened")
                        .put("detail", said(outcome))
                        .put("advice", maybe ? "look before repeating it" : "try again later")
                        .build();
        return Value.object().put(Meta.REFUSAL, structured).build();
    }
}
