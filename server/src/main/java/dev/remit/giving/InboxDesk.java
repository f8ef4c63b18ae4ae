package dev.remit.giving;

import dev.remit.approval.Question;
import dev.remit.approval.QuestionBook;
import dev.remit.http.Exchange;
import dev.remit.identity.PersonId;
import dev.remit.identity.Role;
import dev.remit.registry.asked.Waiting;
import dev.remit.web.Section;
import dev.remit.web.SignIns;
import java.time.InstantSource;
import java.util.List;

/** Everything that waits for an answer, in one place, and what was answered. */
final class InboxDesk {
    private static final int MOST = 200;
    private static final int MOST_SHOWN = 25;
    private static final int MOST_LATELY = 50;

    private final GivingEdge.Tools tools;
    private final SignIns signIns;
    private final QuestionBook questions;
    private final InstantSource clock;

    InboxDesk(GivingEdge.Tools tools) {
        this.tools = tools;
        this.signIns = tools.signIns();
        this.questions = tools.questions();
        this.clock = tools.clock();
    }

    void page(Exchange exchange) {
        signIns.forPage(exchange, Section.APPROVALS.anyOf())
                .map(who -> new Answerer(who, clock.instant()))
                .ifPresent(
                        by ->
                                new InboxPage(tools, by)
                                        .of(waiting(by), MOST_SHOWN, lately(by))
                                        .answer(exchange));
    }

    /** Those that this person may see, the gravest first, and of these the oldest. */
    private List<Waiting> waiting(Answerer by) {
        return waiting(by, tools, MOST).stream()
                .map(tools.presenter()::of)
                .sorted(Waiting.GRAVEST)
                .toList();
    }

    /** The questions that wait and that this person may see, the newest first. */
    static List<Question> waiting(Answerer by, GivingEdge.Tools tools, int most) {
        PersonId self = by.who().person().id();
        QuestionBook book = tools.questions();
        List<Question> all = isForAll(by) ? book.waiting(most) : book.waiting(self, most);
        return all.stream().filter(one -> one.isWaiting(by.now()) && by.maySee(one)).toList();
    }

    private static boolean isForAll(Answerer by) {
        return by.seesAll() || by.who().has(Role.APPROVER);
    }

    private List<Question> lately(Answerer by) {
        List<Question> all =
                isForAll(by)
                        ? questions.lately(MOST_LATELY)
                        : questions.lately(by.who().person().id(), MOST_LATELY);
        return all.stream().filter(by::maySee).filter(one -> !one.isWaiting(by.now())).toList();
    }
}
