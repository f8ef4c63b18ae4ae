package dev.remit.giving;

import dev.remit.approval.Question;
import dev.remit.approval.QuestionBook;
import dev.remit.approval.QuestionId;
import dev.remit.approval.Verdict;
import dev.remit.http.Exchange;
import dev.remit.identity.Role;
import dev.remit.registry.ActRefused;
import dev.remit.registry.Grantor;
import dev.remit.registry.asked.Waiting;
import dev.remit.session.SignedIn;
import dev.remit.web.Form;
import dev.remit.web.OwnPath;
import dev.remit.web.Page;
import dev.remit.web.Places;
import dev.remit.web.Routes;
import dev.remit.web.Section;
import dev.remit.web.SignIns;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/** Takes a person's answer to a call that waits for one, whichever page they gave it on. */
final class AnswerDesk {
    /** The field that says where the answer leads back to. */
    static final String BACK = "back";

    /** Instead of a verdict: no, and every mandate that the giver gave this agent ends. */
    static final String STOP = "stop";

    private static final Set<Role> ANSWERING = Set.of(Role.PERSON, Role.APPROVER);

    private final GivingEdge.Tools tools;
    private final SignIns signIns;
    private final Grantor grantor;
    private final QuestionBook questions;
    private final InstantSource clock;

    AnswerDesk(GivingEdge.Tools tools) {
        this.tools = tools;
        this.signIns = tools.signIns();
        this.grantor = tools.grantor();
        this.questions = tools.questions();
        this.clock = tools.clock();
    }

    /** Leads whoever may answer a question to it, from where an agent was told that it is. */
    void lead(Exchange exchange) {
        Optional<SignedIn> who = signIns.forPage(exchange, ANSWERING);
        if (who.isEmpty()) {
            return; // answered
        }
        find(exchange.path().substring((GivingEdge.ROOT + "/asked/").length()))
                .filter(new Answerer(who.get(), clock.instant())::mayAnswer)
                .ifPresentOrElse(
                        one ->
                                Page.redirect(
                                        exchange,
                                        signIns.origin()
                                                + Section.APPROVALS.path()
                                                + "#"
                                                + QuestionHtml.place(one.id())),
                        () -> Routes.notThere(exchange));
    }

    void answer(Exchange exchange) {
        Optional<SignIns.Posted> posted = signIns.forForm(exchange, ANSWERING);
        if (posted.isEmpty()) {
            return; // answered
        }
        Form form = posted.get().form();
        Answerer by = new Answerer(posted.get().who(), clock.instant());
        Optional<Question> question =
                form.get(MandatePage.QUESTION).flatMap(this::find).filter(by::mayAnswer);
        if (question.isEmpty()) {
            Routes.notThere(exchange);
            return;
        }
        String said = form.get(MandatePage.VERDICT).orElse("");
        try {
            if (said.equals(STOP) && by.isGiver(question.get())) {
                tools.grantor()
                        .stopAt(
                                question.get(),
                                tools.presenter().arguments(question.get()),
                                by.who().person());
            } else if (!answer(exchange, question.get(), said, by)) {
                return; // answered
            }
            Page.redirect(exchange, signIns.origin() + back(form, question.get()));
        } catch (ActRefused e) {
            GivingEdge.refused(exchange, e);
        }
    }

    /** Gives the answer; false if the exchange is answered instead. */
    private boolean answer(Exchange exchange, Question question, String said, Answerer by) {
        Optional<Verdict> verdict = Verdict.of(said);
        Waiting asked = tools.presenter().of(question);
        if (verdict.isEmpty() || !QuestionHtml.mayBe(verdict.get(), asked)) {
            throw new ActRefused("that is no answer to this question");
        }
        if (verdict.get().isYes()
                && asked.risk().isFinal()
                && !signIns.isFresh(exchange, by.who(), Answerer.FRESH)) {
            return false;
        }
        grantor.answer(question, verdict.get(), asked.arguments(), by.who().person());
        return true;
    }

    private static String back(Form form, Question question) {
        boolean inbox = form.get(BACK).equals(Optional.of(Section.APPROVALS.path()));
        return (inbox
                        ? new OwnPath(Section.APPROVALS.path())
                        : new OwnPath(Places.mandate(question.mandate())))
                .text();
    }

    private Optional<Question> find(String id) {
        try {
            return questions.question(new QuestionId(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
