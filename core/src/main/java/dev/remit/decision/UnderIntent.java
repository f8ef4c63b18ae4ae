package dev.remit.decision;

import dev.remit.decision.intent.ExpressLeave;
import dev.remit.decision.intent.Finding;
import dev.remit.decision.intent.Mode;
import dev.remit.decision.intent.Provenance;
import dev.remit.decision.intent.Rule;
import dev.remit.ledger.IntentSaid;
import dev.remit.mandate.Sheet;

/**
 * What becomes of what a mandate allows, or a person may be asked about, when it is held against
 * the person's words. It makes nothing possible that was not; a person's yes to the very call
 * settles it.
 */
final class UnderIntent {
    private UnderIntent() {}

    static Decision of(Decision decision, Sheet sheet) {
        Case file = decision.file();
        if (file.provenance().isEmpty() || isSettled(decision)) {
            return decision;
        }
        ExpressLeave leave =
                ExpressLeave.of(
                        Judge.admitting(file, sheet), file.call().tool(), file.call().arguments());
        Provenance.Judged judged =
                file.provenance()
                        .get()
                        .judge(file.call().arguments().fields(), leave, file.second());
        Decision.Heard heard = decision.heard().with(said(judged));
        return switch (judged.verdict()) {
            case ALLOW -> decision.hearing(heard);
            case REFUSE -> refuse(file, Refusal.INTENT_REFUSES, judged).hearing(heard);
            case ASK ->
                    decision instanceof Decision.Ask
                            ? decision.hearing(heard)
                            : Asking.insteadOf(refuse(file, Refusal.INTENT_ASKS, judged), sheet)
                                    .hearing(heard);
        };
    }

    private static boolean isSettled(Decision decision) {
        return switch (decision) {
            case Decision.Refuse _ -> true;
            case Decision.Ask _ -> false;
            case Decision.Allow allow ->
                    allow.round() > 1 || allow.by() instanceof Decision.Leave.ByAnswer;
        };
    }

    private static Decision.Refuse refuse(Case file, Refusal refusal, Provenance.Judged judged) {
        Finding finding = judged.finding();
        String value = finding.evidence().isEmpty() ? "" : " (" + finding.evidence() + ")";
        return new Decision.Refuse(file, refusal, finding.rule().forModel() + value);
    }

    private static IntentSaid said(Provenance.Judged judged) {
        Finding finding = judged.finding();
        return new IntentSaid(
                finding.rule().code(),
                as(finding.rule(), judged.mode()),
                finding.rule().forPerson(),
                finding.evidence(),
                judged.origins().stream()
                        .map(
                                one ->
                                        new IntentSaid.Origin(
                                                one.argument(),
                                                one.value(),
                                                one.standing(),
                                                one.call()))
                        .toList());
    }

    private static IntentSaid.As as(Rule rule, Mode mode) {
        return switch (rule.verdict()) {
            case ALLOW -> IntentSaid.As.AGREED;
            case ASK ->
                    switch (mode) {
                        case OBSERVE -> IntentSaid.As.OBSERVED;
                        case WARN -> IntentSaid.As.WARNED;
                        case ENFORCE -> IntentSaid.As.ASKED;
                    };
            case REFUSE ->
                    switch (mode) {
                        case OBSERVE -> IntentSaid.As.OBSERVED;
                        case WARN -> IntentSaid.As.WARNED;
                        case ENFORCE -> IntentSaid.As.REFUSED;
                    };
        };
    }
}
