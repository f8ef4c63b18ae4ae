package dev.remit.decision;

import dev.remit.approval.Question;
import dev.remit.approval.QuestionId;
import dev.remit.mandate.Sheet;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What becomes of a call that the mandate does not include, if its giver may be asked. A person can
 * give leave that was not given, never lift a limit; and whoever was passed a part of a mandate
 * cannot make it grow.
 */
final class Asking {
    /** What a person's yes can make good. */
    private static final Set<Refusal> GRANTABLE =
            EnumSet.of(
                    Refusal.NOT_PERMITTED,
                    Refusal.KEY_NEEDED,
                    Refusal.ARGUMENT_NOT_PERMITTED,
                    Refusal.CONDITION_UNMET,
                    Refusal.PERMISSION_SPENT,
                    Refusal.INTENT_ASKS,
                    Refusal.RULE_ASKS);

    private Asking() {}

    static Decision insteadOf(Decision.Refuse refuse, Sheet sheet) {
        Case file = refuse.file();
        if (!GRANTABLE.contains(refuse.refusal())
                || file.delegation().isPresent()
                || file.call().continues().isPresent()
                || sheet.mandate().limits().asks() == 0) {
            return refuse;
        }
        Optional<Decision.Refuse> weak = Judge.weak(file, sheet);
        if (weak.isPresent()) {
            return weak.get();
        }
        Optional<Question> asked = file.question();
        if (asked.filter(one -> one.isYes(file.now())).isPresent()) {
            return Judge.decideByLimits(file, sheet, new Decision.Leave.ByAnswer(asked.get().id()));
        }
        if (asked.filter(one -> one.isNo(file.now())).isPresent()) {
            return new Decision.Refuse(file, Refusal.DENIED, "");
        }
        if (asked.filter(one -> one.isWaiting(file.now())).isPresent()) {
            return ask(refuse, asked.get().id(), asked.get().waitsUntil());
        }
        boolean mayAsk =
                !sheet.usage().declined().contains(file.call().tool().toString())
                        && sheet.usage()
                                .nextQuestion(sheet.mandate().limits(), file.now())
                                .isEmpty();
        return mayAsk
                ? ask(
                        refuse,
                        QuestionId.about(
                                sheet.mandate().id(),
                                file.caller().instance().id(),
                                file.call().action()),
                        file.now().plus(Question.WAITS))
                : refuse;
    }

    private static Decision ask(Decision.Refuse refuse, QuestionId question, Instant until) {
        return new Decision.Ask(
                refuse.file(), question, refuse.refusal(), refuse.detail(), until, refuse.heard());
    }
}
