package dev.remit.decision;

import dev.remit.approval.QuestionId;
import dev.remit.call.CallId;
import dev.remit.call.InputSchema;
import dev.remit.call.Pin;
import dev.remit.call.Quotation;
import dev.remit.call.Tool;
import dev.remit.identity.Agent;
import dev.remit.identity.Authentication;
import dev.remit.identity.Binding;
import dev.remit.identity.SignInDemand;
import dev.remit.mandate.Limits;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Permission;
import dev.remit.mandate.Sheet;
import dev.remit.mandate.Spending;
import dev.remit.mandate.Unanswered;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Decides a case, from the case and nothing else: the same case always gets the same decision, here
 * or a year later.
 *
 * <p>The checks stand in the order of {@link Refusal}.
 */
public final class Judge {

    public Decision decide(Case file) {
        if (!(file.agent().standing() instanceof Agent.Standing.Good)) {
            return refuse(file, Refusal.AGENT_SUSPENDED);
        }
        if (isPassedOnBySuspended(file)) {
            return new Decision.Refuse(
                    file,
                    Refusal.AGENT_SUSPENDED,
                    "It is another, through whose hands the mandate came.");
        }
        if (file.caller().instance().suspension().isPresent()) {
            return refuse(file, Refusal.INSTANCE_SUSPENDED);
        }
        if (isPassedOnBySuspendedInstance(file)) {
            return new Decision.Refuse(
                    file,
                    Refusal.INSTANCE_SUSPENDED,
                    "It is another, through whose hands the mandate came.");
        }
        if (file.sheet().isEmpty()) {
            return refuse(file, Refusal.NO_MANDATE);
        }
        Sheet sheet = file.sheet().get();
        Mandate mandate = sheet.mandate();
        if (!mandate.isOf(file.caller())) {
            return refuse(file, Refusal.MANDATE_OF_ANOTHER);
        }
        if (file.giver().filter(giver -> !giver.stillHolds(mandate.givenAt())).isPresent()) {
            return refuse(file, Refusal.GIVER_SUSPENDED);
        }
        return switch (mandate.status()) {
            case Mandate.Status.Revoked(_, _, String why) ->
                    new Decision.Refuse(file, Refusal.MANDATE_REVOKED, "It was revoked: " + why);
            case Mandate.Status.Completed _ -> refuse(file, Refusal.MANDATE_COMPLETED);
            case Mandate.Status.Active _ -> decideInTime(file, sheet);
        };
    }

    private static boolean isPassedOnBySuspended(Case file) {
        return file.delegation().isPresent()
                && file.delegation().get().behind().stream()
                        .anyMatch(one -> !(one.standing() instanceof Agent.Standing.Good));
    }

    private static boolean isPassedOnBySuspendedInstance(Case file) {
        return file.delegation().isPresent()
                && file.delegation().get().through().stream()
                        .anyMatch(one -> one.suspension().isPresent());
    }

    private static Decision decideInTime(Case file, Sheet sheet) {
        Limits limits = sheet.mandate().limits();
        if (sheet.usage().strikes() >= limits.strikes()) {
            return new Decision.Refuse(
                    file, Refusal.MANDATE_REVOKED, "It was overstepped too often, or too far.");
        }
        if (!file.now().isBefore(limits.expiresAt())) {
            return new Decision.Refuse(
                    file, Refusal.MANDATE_EXPIRED, "It expired at " + limits.expiresAt() + ".");
        }
        if (limits.idle().isPresent()) {
            Instant end = sheet.usage().lastAllowedAt().plus(limits.idle().get());
            if (!file.now().isBefore(end)) {
                return new Decision.Refuse(file, Refusal.MANDATE_IDLE, "It ended at " + end + ".");
            }
        }
        if (file.call().tool().equals(Tool.ASK_FOR_A_MANDATE)) {
            String words = Quotation.of(sheet.mandate().task().words());
            return new Decision.Refuse(file, Refusal.MANDATE_GIVEN, "The task: " + words);
        }
        Optional<Pin> pin = file.pin();
        if (pin.isEmpty()) {
            return refuse(file, Refusal.TOOL_UNKNOWN);
        }
        if (pin.get().held().isPresent()) {
            return refuse(file, Refusal.TOOL_CHANGED);
        }
        Decision decision = decideByPermission(file, sheet);
        Optional<String> unfit =
                InputSchema.fault(pin.get().acceptedDefinition(), file.call().arguments().fields());
        if (unfit.isPresent()) {
            return isFirst(decision, Refusal.ARGUMENTS_UNFIT)
                    ? decision
                    : new Decision.Refuse(file, Refusal.ARGUMENTS_UNFIT, unfit.get() + ".");
        }
        Decision orAsked =
                decision instanceof Decision.Refuse refuse
                        ? Asking.insteadOf(refuse, sheet)
                        : decision;
        Decision ruled = UnderRules.of(UnderIntent.of(orAsked, sheet), sheet);
        return isDrawn(ruled) ? UnderIntent.of(ruled, sheet) : ruled;
    }

    /** Whether it is a refusal that goes before this one; nobody is asked about either. */
    private static boolean isFirst(Decision decision, Refusal other) {
        return decision instanceof Decision.Refuse refuse && refuse.refusal().compareTo(other) < 0;
    }

    /** Whether a rule let the call through, whose meaning was to be asked about until then. */
    private static boolean isDrawn(Decision decision) {
        return decision instanceof Decision.Allow allow
                && allow.by() instanceof Decision.Leave.ByRule
                && allow.round() == 1;
    }

    /** The permissions that let the call through, but for what has been used of them. */
    static List<Permission> admitting(Case file, Sheet sheet) {
        return named(file, sheet).stream().filter(one -> admits(file, one)).toList();
    }

    /**
     * Whoever stole a token that is bound to no key shall not be able to do more than read. Only a
     * person's yes to the very call lifts this. A point that vouches for it is trusted to have seen
     * more than a token.
     */
    static boolean isCapped(Case file) {
        return switch (file.caller().binding()) {
            case Binding.Own.KEY -> false;
            case Binding.Vouched _ -> false;
            case Binding.Own.NONE -> file.pin().filter(Pin::reads).isEmpty();
        };
    }

    /** The permissions that name the tool, of those that were passed on if the mandate was. */
    private static List<Permission> named(Case file, Sheet sheet) {
        List<Permission> named = sheet.mandate().permissions().of(file.call().tool());
        return file.delegation()
                .map(Delegation::share)
                .map(
                        share ->
                                named.stream()
                                        .filter(one -> share.reaches(one, file.call().tool()))
                                        .toList())
                .orElse(named);
    }

    private static boolean admits(Case file, Permission permission) {
        return permission.admits(file.call().arguments())
                && (file.delegation().isEmpty()
                        || file.delegation().get().share().admits(permission, file.call()));
    }

    private static Decision decideByPermission(Case file, Sheet sheet) {
        Optional<Unanswered> question =
                file.call().continues().flatMap(earlier -> question(file, sheet, earlier));
        Optional<Decision.Leave> beside = question.flatMap(Judge::beside);
        if (beside.isPresent()) {
            return weak(file, sheet)
                    .<Decision>map(one -> one)
                    .orElseGet(() -> nextRound(file, sheet, beside.get(), question.get()));
        }
        List<Permission> named = named(file, sheet);
        if (named.isEmpty()) {
            return refuse(file, Refusal.NOT_PERMITTED);
        }
        if (isCapped(file)) {
            return refuse(file, Refusal.KEY_NEEDED);
        }
        Optional<Decision.Refuse> weak = weak(file, sheet);
        if (weak.isPresent()) {
            return weak.get();
        }
        if (file.call().continues().isPresent()) {
            return decideRound(file, sheet, named, question);
        }
        Optional<Spending.Exceeded> unusable = Optional.empty();
        for (Permission permission : named) {
            if (!admits(file, permission)) {
                continue;
            }
            Optional<Spending.Exceeded> own = Spending.of(sheet, permission);
            if (own.isEmpty()) {
                return decideByLimits(file, sheet, new Decision.Leave.ByPermission(permission));
            }
            unusable = unusable.or(() -> own);
        }
        return unusable.<Decision>map(one -> exceeded(file, one))
                .orElseGet(() -> misfit(file, named));
    }

    /** What the earlier round of the same call left open, for this caller. */
    private static Optional<Unanswered> question(Case file, Sheet sheet, CallId earlier) {
        return sheet.usage()
                .unanswered(earlier)
                .filter(one -> one.isOpen(file.now()))
                .filter(one -> one.instance().equals(file.caller().instance().id()))
                .filter(one -> one.action().equals(file.call().action()));
    }

    /** What let the first round through, if that was no permission of the mandate's. */
    private static Optional<Decision.Leave> beside(Unanswered question) {
        String by = question.permission();
        if (by.startsWith(Draw.PREFIX)) {
            String rule = by.substring(Draw.PREFIX.length());
            return Optional.of(new Decision.Leave.ByRule(new Draw(rule, 0, "")));
        }
        return by.startsWith(QuestionId.PREFIX)
                ? Optional.of(new Decision.Leave.ByAnswer(new QuestionId(by)))
                : Optional.empty();
    }

    /**
     * A further round is allowed by the permission that paid for the first, if it still admits it.
     */
    private static Decision decideRound(
            Case file, Sheet sheet, List<Permission> named, Optional<Unanswered> question) {
        for (Permission permission : named) {
            if (question.filter(one -> one.permission().equals(permission.name())).isPresent()
                    && admits(file, permission)) {
                return nextRound(
                        file, sheet, new Decision.Leave.ByPermission(permission), question.get());
            }
        }
        return refuse(file, Refusal.NOT_ASKED); // not by what the mandate holds now
    }

    private static Decision nextRound(
            Case file, Sheet sheet, Decision.Leave by, Unanswered question) {
        return Spending.atOnce(sheet)
                .<Decision>map(one -> exceeded(file, one))
                .orElseGet(() -> new Decision.Allow(file, by, question.round() + 1));
    }

    /** What is refused because the person must sign in again; no answer of theirs lifts it. */
    static Optional<Decision.Refuse> weak(Case file, Sheet sheet) {
        Optional<Authentication> signIn = sheet.mandate().signIn();
        return file.demand().isMetBy(signIn, file.now())
                ? Optional.empty()
                : Optional.of(
                        new Decision.Refuse(
                                file, Refusal.STEP_UP_NEEDED, weak(file.demand(), signIn)));
    }

    private static String weak(SignInDemand demand, Optional<Authentication> signIn) {
        return "It takes a sign-in"
                + demand
                + "; the mandate was given after "
                + signIn.map(
                                one ->
                                        "one"
                                                + one.acr().map(acr -> " by " + acr).orElse("")
                                                + " at "
                                                + one.at())
                        .orElse("none")
                + ".";
    }

    private static Decision misfit(Case file, List<Permission> named) {
        String detail =
                named.getLast()
                        .misfit(file.call().arguments())
                        .map(misfit -> "The argument " + misfit + ".")
                        .orElse("The token that was passed on is for less.");
        return new Decision.Refuse(file, Refusal.ARGUMENT_NOT_PERMITTED, detail);
    }

    /** Whatever lets a call through, there must be enough left of the mandate. */
    static Decision decideByLimits(Case file, Sheet sheet, Decision.Leave by) {
        return Spending.of(sheet, file.allotments())
                .or(
                        () ->
                                Spending.of(
                                        sheet,
                                        file.call().tool(),
                                        file.call().arguments(),
                                        file.now()))
                .<Decision>map(one -> exceeded(file, one))
                .orElseGet(() -> new Decision.Allow(file, by, 1));
    }

    private static Decision.Refuse exceeded(Case file, Spending.Exceeded what) {
        Refusal refusal =
                switch (what.limit()) {
                    case CONDITION -> Refusal.CONDITION_UNMET;
                    case PERMISSION -> Refusal.PERMISSION_SPENT;
                    case DELEGATION -> Refusal.DELEGATION_SPENT;
                    case MANDATE -> Refusal.MANDATE_SPENT;
                    case BUDGET -> Refusal.BUDGET_EXCEEDED;
                    case RATE -> Refusal.TOO_OFTEN;
                    case AT_ONCE -> Refusal.TOO_MANY_AT_ONCE;
                };
        return new Decision.Refuse(file, refusal, what.detail());
    }

    private static Decision refuse(Case file, Refusal refusal) {
        return new Decision.Refuse(file, refusal, "");
    }
}
