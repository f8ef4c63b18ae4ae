package dev.remit.access;

import dev.remit.call.CallId;
import dev.remit.call.Value;
import dev.remit.decision.Refusal;
import dev.remit.gate.Advice;
import dev.remit.gate.Answer;
import dev.remit.identity.SignInDemand;

/**
 * How a decision is told (Authorization API 1.0, section 5.5): nothing that a call would not tell.
 */
final class Words {
    /** Nobody is known by this that the asker may ask about. */
    static final String SUBJECT_UNKNOWN = "subject-unknown";

    /** There is more than one that this could be. */
    static final String SUBJECT_UNCLEAR = "subject-unclear";

    /** A person is asked. */
    private static final String PERSON_ASKED = "person-asked";

    private Words() {}

    static Value.Fields yes(CallId call) {
        return told(true, Value.object().put("call", call.text()).build());
    }

    /** It would be a yes. */
    static Value.Fields foreseenYes() {
        return told(true, foreseen(Value.Fields.EMPTY));
    }

    /** What stands in the way of a call that was decided. */
    static Value.Fields no(Answer.Refused refused) {
        return told(false, refusal(refused.told()).with("call", Value.of(refused.call().text())));
    }

    /** What would stand in the way. */
    static Value.Fields foreseenNo(Answer.Refused refused) {
        return told(false, foreseen(refusal(refused.told())));
    }

    /** What stands in the way of a question that was not put to the gate. */
    static Value.Fields no(Refusal refusal) {
        return told(false, context(refusal.code(), refusal.sentence(), "", Advice.of(refusal, 1)));
    }

    static Value.Fields foreseenNo(Refusal refusal) {
        return told(
                false,
                foreseen(context(refusal.code(), refusal.sentence(), "", Advice.of(refusal, 1))));
    }

    /** The answer waits for a person. */
    static Value.Fields asked(Answer.Asked asked) {
        Value.Fields context =
                context(
                        PERSON_ASKED,
                        "a person is asked whether this call may be made",
                        asked.detail(),
                        "Ask the identical question again in a while: the answer is yes, once, if"
                                + " they said yes.");
        return told(
                false,
                context.with("because", Value.of(asked.refusal().code()))
                        .with("question", Value.of(asked.question().text()))
                        .with("until", Value.of(asked.until().toString()))
                        .with("call", Value.of(asked.call().text())));
    }

    /** A person would be asked; nobody is. */
    static Value.Fields foreseenAsked(Answer.Asked asked) {
        Value.Fields context =
                context(
                        PERSON_ASKED,
                        "a person would be asked whether this call may be made",
                        asked.detail(),
                        "Make the call, and repeat it once they have answered.");
        return told(false, foreseen(context.with("because", Value.of(asked.refusal().code()))));
    }

    static Value.Fields unknown() {
        return told(
                false,
                context(
                        SUBJECT_UNKNOWN,
                        "nobody is known by this that you may ask about",
                        "",
                        "Name an agent or an instance by its id."));
    }

    static Value.Fields unclear(String advice) {
        return told(
                false,
                context(
                        SUBJECT_UNCLEAR,
                        "it is not clear whom or which mandate this is about",
                        "",
                        advice));
    }

    /** An ill-formed one among several. */
    static Value.Fields wrong(Unreadable why) {
        Value.Fields error =
                Value.object()
                        .put("status", (long) why.status())
                        .put("message", why.what())
                        .build();
        return told(false, Value.object().put("error", error).build());
    }

    private static Value.Fields refusal(Answer.Refused refused) {
        Value.Fields context =
                context(
                        refused.refusal().code(),
                        refused.refusal().sentence(),
                        refused.detail(),
                        Advice.of(refused.refusal(), refused.times()));
        SignInDemand demand = refused.demand();
        if (!demand.acr().isEmpty()) {
            context = context.with("acr_values", Value.of(String.join(" ", demand.acr())));
        }
        return demand.most().isPresent()
                ? context.with("max_age", Value.of(demand.most().get().toSeconds()))
                : context;
    }

    private static Value.Fields context(
            String reason, String sentence, String detail, String advice) {
        String user = sentence + ". " + (detail.isEmpty() ? "" : detail + " ") + advice;
        return Value.object()
                .put("reason", reason)
                .put("reason_user", user)
                .put("detail", detail)
                .put("advice", advice)
                .build();
    }

    private static Value.Fields foreseen(Value.Fields context) {
        return context.with("preview", Value.of(true));
    }

    private static Value.Fields told(boolean decision, Value.Fields context) {
        return Value.object().put("decision", decision).put("context", context).build();
    }
}
