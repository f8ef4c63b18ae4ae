package dev.remit.ledger;

import dev.remit.approval.Question;
import dev.remit.approval.QuestionId;
import dev.remit.approval.Verdict;
import dev.remit.call.Arguments;
import dev.remit.call.Call;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Sheet;
import java.time.Instant;
import java.util.Optional;

/** The part of the books that is about what persons are asked, and what they say. */
final class QuestionBooks {
    private final Books.Shelf shelf;
    private final PeopleBooks people;

    QuestionBooks(Books.Shelf shelf, PeopleBooks people) {
        this.shelf = shelf;
        this.people = people;
    }

    /** A new question must be about this call, and its giver must not have been asked too much. */
    Optional<String> objection(
            Event.Decided decided, Event.Ruling.Asked asked, Sheet sheet, Instant at) {
        boolean waits =
                shelf.question(asked.question()).filter(one -> one.isWaiting(at)).isPresent();
        boolean mayAsk =
                !sheet.usage().declined().contains(decided.tool().toString())
                        && sheet.usage().nextQuestion(sheet.mandate().limits(), at).isEmpty();
        return isAbout(decided, asked.question(), sheet) && (waits || mayAsk)
                ? Optional.empty()
                : Optional.of("nobody can be asked");
    }

    /** Whether a person's yes to this very call is there, and not used. */
    boolean isYes(Event.Decided decided, QuestionId question, Sheet sheet, Instant at) {
        return isAbout(decided, question, sheet)
                && shelf.question(question).filter(one -> one.isYes(at)).isPresent();
    }

    private static boolean isAbout(Event.Decided decided, QuestionId question, Sheet sheet) {
        return question.equals(
                QuestionId.about(
                        sheet.mandate().id(),
                        decided.instance(),
                        Call.action(decided.tool(), new Arguments(decided.arguments()))));
    }

    void apply(Entry entry, Event.Decided decided, Event.Ruling.Asked asked) {
        if (shelf.question(asked.question()).filter(one -> one.isWaiting(entry.at())).isPresent()) {
            return; // the agent repeats its call, as it is told to
        }
        Event.Under under = decided.mandate().orElseThrow();
        Sheet now = shelf.sheet(under.mandate()).orElseThrow();
        shelf.put(new Sheet(now.mandate(), now.usage().asking(entry.at())));
        shelf.put(
                new Question(
                        asked.question(),
                        under.mandate(),
                        under.giver(),
                        decided.agent(),
                        decided.instance(),
                        decided.tool(),
                        entry.index(),
                        asked.refusal(),
                        asked.detail(),
                        entry.at(),
                        new Question.State.Waiting()));
    }

    void use(QuestionId question, Instant at) {
        shelf.put(shelf.question(question).orElseThrow().with(new Question.State.Used(at)));
    }

    /** The first answer counts; what it widens must be as it was when the answer was made. */
    Optional<String> objection(Event.QuestionAnswered answered, Instant at) {
        Optional<Question> question =
                shelf.question(answered.question())
                        .filter(one -> one.mandate().equals(answered.mandate()))
                        .filter(one -> one.isWaiting(at));
        Optional<Mandate> mandate = shelf.sheet(answered.mandate()).map(Sheet::mandate);
        boolean good =
                question.isPresent()
                        && mandate.filter(one -> one.status() instanceof Mandate.Status.Active)
                                .filter(one -> !people.endedWithItsGiver(one))
                                .isPresent()
                        && answered.widened().isPresent() == answered.verdict().widens()
                        && answered.widened().stream()
                                .allMatch(
                                        one ->
                                                one.id().equals(answered.mandate())
                                                        && one.version()
                                                                == mandate.get().version() + 1);
        return good ? Optional.empty() : Optional.of("the question does not wait, or has moved");
    }

    void apply(Entry entry, Event.QuestionAnswered answered) {
        Question question = shelf.question(answered.question()).orElseThrow();
        shelf.put(
                question.with(
                        new Question.State.Answered(
                                answered.verdict(), answered.by(), entry.at())));
        Sheet now = shelf.sheet(answered.mandate()).orElseThrow();
        answered.widened().ifPresent(widened -> shelf.put(new Sheet(widened, now.usage())));
        if (answered.verdict() == Verdict.NEVER) {
            shelf.put(new Sheet(now.mandate(), now.usage().declining(question.tool())));
        }
    }
}
