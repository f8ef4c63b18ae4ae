package dev.remit.ledger;

import dev.remit.approval.QuestionId;
import dev.remit.approval.Verdict;
import dev.remit.identity.MandateId;
import dev.remit.identity.PersonId;
import dev.remit.mandate.MandateText;

/** The event of a question that was answered, as names and values. */
final class QuestionText {
    static final String ANSWERED = "question-answered";

    private QuestionText() {}

    static EventText write(Event.QuestionAnswered answered) {
        return EventText.of(ANSWERED)
                .with("question", answered.question().text())
                .with("mandate", answered.mandate().text())
                .with("verdict", answered.verdict().code())
                .with("by", answered.by().text())
                .with("version", answered.widened().map(one -> Long.toString(one.version())))
                .saying("widened", answered.widened().map(MandateText::write));
    }

    static Event read(EventText text) {
        return new Event.QuestionAnswered(
                new QuestionId(text.get("question")),
                new MandateId(text.get("mandate")),
                Verdict.of(text.get("verdict"))
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "`verdict` is none of the known")),
                new PersonId(text.get("by")),
                text.body().fields("widened").map(MandateText::read));
    }
}
