package dev.remit.ledger;

import dev.remit.approval.QuestionId;
import dev.remit.call.Arguments;
import dev.remit.call.Call;
import dev.remit.call.CallId;
import dev.remit.call.Pin;
import dev.remit.conduct.Strike;
import dev.remit.identity.Actor;
import dev.remit.identity.Binding;
import dev.remit.mandate.Allotment;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.OpenCall;
import dev.remit.mandate.Permission;
import dev.remit.mandate.Sheet;
import dev.remit.mandate.Spending;
import dev.remit.mandate.Unanswered;
import dev.remit.mandate.Usage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The part of the books that calls change: what has been used of each mandate. */
final class CallBooks {
    private final Books.Shelf shelf;
    private final PeopleBooks people;
    private final FleetBooks fleet;
    private final QuestionBooks questions;

    private final ConductBooks conduct;

    CallBooks(
            Books.Shelf shelf,
            PeopleBooks people,
            FleetBooks fleet,
            QuestionBooks questions,
            ConductBooks conduct) {
        this.conduct = conduct;
        this.questions = questions;
        this.shelf = shelf;
        this.people = people;
        this.fleet = fleet;
    }

    /**
     * Only what is allowed can be stale: a refusal written on an older mandate is still a refusal.
     */
    Optional<String> objection(Event.Decided decided, Instant at) {
        if (decided.ruling() instanceof Event.Ruling.Refused) {
            return Optional.empty();
        }
        Optional<Sheet> sheet = decided.mandate().flatMap(under -> shelf.sheet(under.mandate()));
        if (sheet.isEmpty()) {
            return Optional.of("no mandate");
        }
        if (decided.ruling() instanceof Event.Ruling.Asked asked) {
            return questions.objection(decided, asked, sheet.get(), at);
        }
        Mandate mandate = sheet.get().mandate();
        Usage usage = sheet.get().usage();
        boolean moved =
                mandate.version() != decided.mandate().orElseThrow().version()
                        || !(mandate.status() instanceof Mandate.Status.Active);
        boolean suspended =
                people.endedWithItsGiver(mandate)
                        || fleet.isEnded(new Actor(decided.agent(), decided.instance()))
                        || decided.behind().stream().anyMatch(fleet::isEnded);
        boolean toolMoved =
                !shelf.pin(decided.tool())
                        .filter(pin -> pin.held().isEmpty())
                        .map(Pin::accepted)
                        .equals(decided.toolDefinition());
        boolean spent =
                switch (decided.ruling()) {
                    case Event.Ruling.Allowed allowed ->
                            named(mandate, allowed.permission())
                                            .map(one -> Spending.of(sheet.get(), one).isPresent())
                                            .orElse(true)
                                    || isSpent(sheet.get(), decided, allowed.spent(), at);
                    case Event.Ruling.Approved approved ->
                            !questions.isYes(decided, approved.question(), sheet.get(), at)
                                    || isSpent(sheet.get(), decided, approved.spent(), at);
                    case Event.Ruling.Drawn(
                                    String rule,
                                    long most,
                                    Map<String, BigDecimal> amounts) ->
                            usage.byPermission().getOrDefault(RuleSaid.DRAWN + rule, 0L) >= most
                                    || isSpent(sheet.get(), decided, amounts, at);
                    case Event.Ruling.Continued(String permission, CallId call) ->
                            (named(mandate, permission).isEmpty()
                                            && !permission.startsWith(QuestionId.PREFIX)
                                            && !permission.startsWith(RuleSaid.DRAWN))
                                    || Spending.atOnce(sheet.get()).isPresent()
                                    || usage.unanswered(call)
                                            .filter(question -> fits(question, decided, permission))
                                            .isEmpty();
                    case Event.Ruling.Asked _, Event.Ruling.Refused _ -> false;
                };
        return when(
                moved
                        || suspended
                        || toolMoved
                        || spent
                        || isCapped(decided)
                        || shelf.openCall(decided.call()).isPresent(),
                "it has moved");
    }

    private boolean isSpent(
            Sheet sheet, Event.Decided decided, Map<String, BigDecimal> spent, Instant at) {
        Arguments arguments = new Arguments(decided.arguments());
        List<Allotment> allotments = allotments(decided);
        return Spending.of(sheet, allotments).isPresent()
                || Spending.of(sheet, decided.tool(), arguments, at).isPresent()
                || !Spending.amounts(sheet.mandate(), allotments, decided.tool(), arguments)
                        .equals(spent);
    }

    private List<Allotment> allotments(Event.Decided decided) {
        return decided.behind().isEmpty()
                ? List.of()
                : Allotment.of(
                        Stream.concat(
                                        Stream.of(decided.instance()),
                                        decided.behind().stream().map(Actor::instance))
                                .flatMap(one -> shelf.instance(one).stream()));
    }

    /**
     * Whoever proves no key may read, and the operator says what reading is; or do what a person
     * said yes to.
     */
    private boolean isCapped(Event.Decided decided) {
        boolean approved =
                switch (decided.ruling()) {
                    case Event.Ruling.Approved _ -> true;
                    case Event.Ruling.Continued(String by, _) -> by.startsWith(QuestionId.PREFIX);
                    case Event.Ruling.Allowed _,
                            Event.Ruling.Drawn _,
                            Event.Ruling.Asked _,
                            Event.Ruling.Refused _ ->
                            false;
                };
        return decided.binding() == Binding.NONE
                && !approved
                && shelf.pin(decided.tool()).filter(Pin::reads).isEmpty();
    }

    /** Whether the decision is about what was asked about, by the one who was asked. */
    private static boolean fits(Unanswered question, Event.Decided decided, String permission) {
        return question.instance().equals(decided.instance())
                && question.permission().equals(permission)
                && question.action()
                        .equals(Call.action(decided.tool(), new Arguments(decided.arguments())));
    }

    Optional<String> objection(Event.Concluded concluded) {
        return when(shelf.openCall(concluded.call()).isEmpty(), "the call is not open");
    }

    Optional<String> objection(Event.Asked asked) {
        return when(
                shelf.openCall(asked.call())
                        .filter(open -> open.mandate().equals(asked.mandate()))
                        .isEmpty(),
                "the call is not open");
    }

    void apply(Entry entry, Event.Decided decided) {
        Optional<Sheet> sheet = decided.mandate().flatMap(under -> shelf.sheet(under.mandate()));
        switch (decided.ruling()) {
            case Event.Ruling.Allowed(String permission, Map<String, BigDecimal> spent) ->
                    open(entry, decided, sheet.orElseThrow(), permission, spent, true);
            case Event.Ruling.Continued(String permission, CallId call) -> {
                Sheet now = sheet.orElseThrow();
                Sheet answered = new Sheet(now.mandate(), now.usage().answered(call));
                open(entry, decided, answered, permission, Map.of(), false);
            }
            case Event.Ruling.Approved(QuestionId question, Map<String, BigDecimal> spent) -> {
                questions.use(question, entry.at());
                open(entry, decided, sheet.orElseThrow(), question.text(), spent, true);
            }
            case Event.Ruling.Drawn(String rule, _, Map<String, BigDecimal> spent) ->
                    open(entry, decided, sheet.orElseThrow(), RuleSaid.DRAWN + rule, spent, true);
            case Event.Ruling.Asked asked -> questions.apply(entry, decided, asked);
            case Event.Ruling.Refused refused -> {
                if (refused.weight() > 0) {
                    conduct.strike(strike(entry, decided, sheet, refused.weight()));
                }
            }
        }
    }

    private static Strike strike(
            Entry entry, Event.Decided decided, Optional<Sheet> sheet, long weight) {
        return new Strike(
                entry.index(),
                entry.at(),
                weight,
                sheet.map(Sheet::mandate)
                        .filter(mandate -> mayStrike(decided, mandate))
                        .map(Mandate::id),
                decided.instance(),
                decided.binding() == Binding.KEY ? Optional.of(decided.agent()) : Optional.empty());
    }

    /**
     * Only those who act under a mandate can overstep it; else whoever learns its name could end
     * what was given to somebody else.
     */
    private static boolean mayStrike(Event.Decided decided, Mandate mandate) {
        return mandate.reaches(decided.agent())
                && decided.behind().stream().map(Actor::agent).allMatch(mandate::reaches);
    }

    private void open(
            Entry entry,
            Event.Decided decided,
            Sheet now,
            String permission,
            Map<String, BigDecimal> spent,
            boolean first) {
        OpenCall call =
                new OpenCall(
                        entry.index(),
                        now.mandate().id(),
                        permission,
                        decided.tool(),
                        spent,
                        first);
        Set<String> labels = shelf.pin(decided.tool()).map(Pin::labels).orElse(Set.of());
        shelf.put(
                new Sheet(
                        now.mandate(),
                        now.usage()
                                .allowed(call, labels, now.mandate().limits().rate(), entry.at())));
        shelf.open(decided.call(), call);
    }

    void apply(Entry entry, Event.Concluded concluded) {
        OpenCall call = shelf.openCall(concluded.call()).orElseThrow();
        shelf.close(concluded.call());
        Sheet now = shelf.sheet(call.mandate()).orElseThrow();
        Mandate mandate = now.mandate();
        Usage usage = now.usage();
        shelf.put(
                switch (concluded.end()) {
                    case ANSWERED ->
                            new Sheet(
                                    completed(mandate, call, entry.at()),
                                    usage.succeeded(call).answering(call, entry.index()));
                    case ERRED, UNKNOWN ->
                            new Sheet(mandate, usage.ended().answering(call, entry.index()));
                    case FAILED -> new Sheet(mandate, usage.refunded(call));
                });
    }

    /** The mandate as it is when this call has succeeded: it may have been all there was to do. */
    private static Mandate completed(Mandate mandate, OpenCall call, Instant at) {
        boolean done =
                mandate.status() instanceof Mandate.Status.Active
                        && mandate.limits().endsWhen().stream()
                                .anyMatch(tools -> tools.matches(call.tool().toString()));
        return done ? mandate.with(new Mandate.Status.Completed(at)) : mandate;
    }

    private static Optional<Permission> named(Mandate mandate, String permission) {
        for (Permission one : mandate.permissions().all()) {
            if (one.name().equals(permission)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    void apply(Entry entry, Event.Asked asked) {
        OpenCall call = shelf.openCall(asked.call()).orElseThrow();
        shelf.close(asked.call());
        Sheet now = shelf.sheet(asked.mandate()).orElseThrow();
        shelf.put(
                new Sheet(
                        now.mandate(),
                        now.usage()
                                .ended()
                                .answering(call, entry.index())
                                .asked(asked.call(), asked.question())));
    }

    private static Optional<String> when(boolean objected, String what) {
        return objected ? Optional.of(what) : Optional.empty();
    }
}
