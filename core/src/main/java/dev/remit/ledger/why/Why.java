package dev.remit.ledger.why;

import dev.remit.approval.QuestionId;
import dev.remit.call.CallId;
import dev.remit.call.Value;
import dev.remit.identity.Actor;
import dev.remit.identity.Authentication;
import dev.remit.identity.Binding;
import dev.remit.identity.MandateId;
import dev.remit.ledger.Entry;
import dev.remit.ledger.Event;
import dev.remit.ledger.IntentSaid;
import dev.remit.ledger.LogReader;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.MandateText;
import dev.remit.mandate.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** A call as the ledger has it, with the mandate as it was when the call was decided. */
public record Why(Entry decision, Optional<Entry> end, Optional<Mandate> mandate) {

    /**
     * A line of it: what it is about, and what is told; parts of that may be a stranger's words.
     */
    public record Said(String label, String text) {}

    /** What the ledger says of the call; empty if nothing. */
    public static Optional<Why> of(LogReader log, CallId id) {
        return of(log, id, _ -> Optional.empty());
    }

    /**
     * The same, where mandates are known as they are now, so that the log is searched only for
     * those that have changed since.
     */
    public static Optional<Why> of(
            LogReader log, CallId id, Function<MandateId, Optional<Mandate>> present) {
        List<Entry> entries = log.entries(id);
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        Entry decision = entries.getFirst();
        Optional<Entry> end =
                entries.size() > 1 ? Optional.of(entries.getLast()) : Optional.empty();
        Optional<Mandate> mandate =
                decision.event() instanceof Event.Decided decided
                        ? decided.mandate()
                                .flatMap(
                                        under ->
                                                present.apply(under.mandate())
                                                        .filter(isOf(under.version()))
                                                        .or(() -> mandate(log, under)))
                        : Optional.empty();
        return Optional.of(new Why(decision, end, mandate));
    }

    private static Predicate<Mandate> isOf(long version) {
        return one -> one.version() == version;
    }

    private static Optional<Mandate> mandate(LogReader log, Event.Under under) {
        List<Mandate> found = new ArrayList<>();
        log.read(
                0,
                entry -> {
                    given(entry.event())
                            .filter(one -> one.id().equals(under.mandate()))
                            .filter(isOf(under.version()))
                            .ifPresent(found::add);
                    return found.isEmpty();
                });
        return found.stream().findFirst();
    }

    private static Optional<Mandate> given(Event event) {
        return switch (event) {
            case Event.MandateGiven(Mandate mandate, _) -> Optional.of(mandate);
            case Event.MandateChanged changed -> Optional.of(changed.mandate());
            case Event.QuestionAnswered answered -> answered.widened();
            case Event.Opened _,
                    Event.RulesTaken _,
                    Event.OfPeople _,
                    Event.OfPassports _,
                    Event.OfFleet _,
                    Event.OfKeys _,
                    Event.OfConduct _,
                    Event.AgentAdded _,
                    Event.AgentChanged _,
                    Event.CodeIssued _,
                    Event.InstanceEnrolled _,
                    Event.InstanceRevoked _,
                    Event.TokenIssued _,
                    Event.TokensRevoked _,
                    Event.TokenRenewed _,
                    Event.ToolPinned _,
                    Event.CredentialSet _,
                    Event.CredentialRemoved _,
                    Event.StrangerRefused _,
                    Event.CallUnreadable _,
                    Event.Decided _,
                    Event.Concluded _,
                    Event.Asked _ ->
                    Optional.empty();
        };
    }

    public Value.Fields json() {
        Value.Building json =
                Value.object().put("entry", decision.index()).put("at", decision.at().toString());
        mandate.ifPresent(given -> json.put("mandate", MandateText.write(given)));
        if (decision.event() instanceof Event.Decided decided) {
            json.put("call", decided.call().text())
                    .put("agent", decided.agent().text())
                    .put("instance", decided.instance().text())
                    .put("behind", new Value.Items(behind(decided)))
                    .put("tool", decided.tool().toString())
                    .put("arguments", decided.arguments());
            if (!decided.rules().isEmpty()) {
                json.put("rules", WhyRules.json(decided.rules()));
            }
            decided.intent().ifPresent(one -> json.put("intent", WhyIntent.json(one)));
            switch (decided.ruling()) {
                case Event.Ruling.Allowed(String permission, _) ->
                        json.put("ruling", "allowed").put("permission", permission);
                case Event.Ruling.Approved(QuestionId question, _) ->
                        json.put("ruling", "approved").put("question", question.text());
                case Event.Ruling.Drawn(String rule, _, _) ->
                        json.put("ruling", "drawn").put("rule", rule);
                case Event.Ruling.Asked(QuestionId question, String refusal, String detail) ->
                        json.put("ruling", "asked")
                                .put("question", question.text())
                                .put("refusal", refusal)
                                .put("detail", detail);
                case Event.Ruling.Continued(String permission, CallId call) ->
                        json.put("ruling", "continued")
                                .put("permission", permission)
                                .put("continues", call.text());
                case Event.Ruling.Refused refused ->
                        json.put("ruling", "refused")
                                .put("refusal", refused.refusal())
                                .put("detail", refused.detail())
                                .put("weight", refused.weight())
                                .put("times", refused.times())
                                .put("more", refused.more());
            }
        }
        if (end.isPresent() && end.get().event() instanceof Event.Concluded ended) {
            json.put("ended", ended.end().name().toLowerCase(Locale.ROOT))
                    .put("took_micros", ended.took().toNanos() / 1_000)
                    .put("reason", ended.reason())
                    .put("end_entry", end.get().index())
                    .putIf("reply", ended.reply());
        }
        if (end.isPresent() && end.get().event() instanceof Event.Asked asked) {
            json.put("ended", "asked")
                    .put("took_micros", asked.took().toNanos() / 1_000)
                    .put("end_entry", end.get().index())
                    .putIf("reply", asked.reply());
        }
        return json.build();
    }

    /** The call as a person is told it, in the order of the story. */
    public List<Said> told() {
        List<Said> out = new ArrayList<>();
        tell(out);
        return out;
    }

    private void tell(List<Said> out) {
        mandate.ifPresent(
                given -> {
                    line(
                            out,
                            "person",
                            given.giver().name()
                                    + " gave the task: “"
                                    + given.task().words()
                                    + "”");
                    given.task().amended().said().forEach(said -> line(out, "", said));
                    line(
                            out,
                            "mandate",
                            given.id()
                                    + ", version "
                                    + given.version()
                                    + ", until "
                                    + given.limits().expiresAt());
                    given.signIn().ifPresent(shown -> line(out, "signed in", said(shown)));
                });
        switch (decision.event()) {
            case Event.Decided decided -> tell(out, decided);
            case Event.CallUnreadable unreadable -> {
                line(out, "agent", unreadable.agent() + ", instance " + unreadable.instance());
                line(out, "refused", unreadable.refusal() + ": " + unreadable.detail());
            }
            case Event.Concluded _,
                    Event.Asked _,
                    Event.QuestionAnswered _,
                    Event.Opened _,
                    Event.RulesTaken _,
                    Event.OfPeople _,
                    Event.OfPassports _,
                    Event.OfFleet _,
                    Event.OfKeys _,
                    Event.OfConduct _,
                    Event.AgentAdded _,
                    Event.AgentChanged _,
                    Event.CodeIssued _,
                    Event.InstanceEnrolled _,
                    Event.InstanceRevoked _,
                    Event.TokenIssued _,
                    Event.TokensRevoked _,
                    Event.TokenRenewed _,
                    Event.MandateGiven _,
                    Event.MandateChanged _,
                    Event.ToolPinned _,
                    Event.CredentialSet _,
                    Event.CredentialRemoved _,
                    Event.StrangerRefused _ ->
                    line(out, "note", "the call's decision is not in this ledger");
        }
        end.ifPresent(ended -> tellEnd(out, ended));
        line(
                out,
                "record",
                "entry "
                        + decision.index()
                        + end.map(one -> " and entry " + one.index()).orElse("")
                        + " of the ledger");
    }

    private static String said(Authentication shown) {
        String when = shown.authTime().isEmpty() ? "when is not known" : shown.at().toString();
        return when + shown.acr().map(acr -> ", by " + acr).orElse("");
    }

    private void tell(List<Said> out, Event.Decided decided) {
        line(out, "agent", decided.agent() + ", instance " + decided.instance());
        for (Actor one : decided.behind()) {
            line(out, "for", one.agent() + ", instance " + one.instance() + ", which passed it on");
        }
        switch (decided.binding()) {
            case Binding.Own.KEY -> {} // as it should be
            case Binding.Own.NONE ->
                    line(out, "binding", "none: whoever had the token could have sent it");
            case Binding.Vouched(String point) ->
                    line(out, "binding", "the word of the enforcement point " + point);
        }
        line(out, "asked", decided.tool() + " " + decided.arguments().json());
        switch (decided.ruling()) {
            case Event.Ruling.Allowed(String permission, _) ->
                    line(
                            out,
                            "allowed",
                            "at "
                                    + decision.at()
                                    + " by permission "
                                    + permission
                                    + rule(permission));
            case Event.Ruling.Approved(QuestionId question, _) ->
                    line(
                            out,
                            "allowed",
                            "at " + decision.at() + " by a person's yes to this call, " + question);
            case Event.Ruling.Drawn(String rule, long most, _) ->
                    line(out, "allowed", "at " + decision.at() + WhyRules.drawn(rule, most));
            case Event.Ruling.Asked(QuestionId question, String refusal, String detail) ->
                    line(
                            out,
                            "asked",
                            "at "
                                    + decision.at()
                                    + ", as "
                                    + question
                                    + ", because: "
                                    + refusal
                                    + (detail.isEmpty() ? "" : ". " + detail));
            case Event.Ruling.Continued(String permission, CallId call) ->
                    line(
                            out,
                            "allowed",
                            "at "
                                    + decision.at()
                                    + " as a further round of "
                                    + call
                                    + ", by permission "
                                    + permission
                                    + rule(permission));
            case Event.Ruling.Refused refused ->
                    line(out, "refused", "at " + decision.at() + ": " + WhyRefused.said(refused));
        }
        decided.intent().ifPresent(one -> tell(out, one));
        decided.rules().forEach(one -> line(out, "rule", WhyRules.said(one)));
    }

    private static void tell(List<Said> out, IntentSaid said) {
        line(out, "intent", WhyIntent.said(said));
        said.origins().forEach(one -> line(out, "from", WhyIntent.origin(one)));
    }

    /** Through whose hands the authority came, the nearest first. */
    private static List<Value> behind(Event.Decided decided) {
        List<Value> behind = new ArrayList<>();
        for (Actor one : decided.behind()) {
            behind.add(
                    Value.object()
                            .put("agent", one.agent().text())
                            .put("instance", one.instance().text())
                            .build());
        }
        return behind;
    }

    private String rule(String permission) {
        return mandate.stream()
                .flatMap(given -> given.permissions().all().stream())
                .filter(one -> one.name().equals(permission))
                .map(Why::rule)
                .findFirst()
                .orElse("");
    }

    private static String rule(Permission permission) {
        StringBuilder rule = new StringBuilder(": ").append(permission.tools().text());
        permission.arguments().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(
                        argument ->
                                rule.append(", ")
                                        .append(argument.getKey())
                                        .append(" ")
                                        .append(argument.getValue().said()));
        permission
                .uses()
                .ifPresent(
                        uses ->
                                rule.append(", for ")
                                        .append(uses)
                                        .append(uses == 1 ? " call" : " calls"));
        return rule.toString();
    }

    private static void tellEnd(List<Said> out, Entry entry) {
        if (entry.event() instanceof Event.Concluded ended) {
            String reason = ended.reason().isEmpty() ? "" : ": " + ended.reason();
            line(
                    out,
                    "ended",
                    ended.end().name().toLowerCase(Locale.ROOT)
                            + " after "
                            + ended.took().toMillis()
                            + " ms"
                            + reason);
            ended.reply().ifPresent(reply -> line(out, "reply", cut(reply.json())));
        }
        if (entry.event() instanceof Event.Asked asked) {
            line(
                    out,
                    "ended",
                    "with a question after "
                            + asked.took().toMillis()
                            + " ms; a further round may bring the answer");
            asked.reply().ifPresent(reply -> line(out, "asked", cut(reply.json())));
        }
    }

    private static String cut(String text) {
        return text.length() <= 300 ? text : text.substring(0, 300) + " …";
    }

    private static void line(List<Said> out, String name, String text) {
        out.add(new Said(name, text));
    }
}
