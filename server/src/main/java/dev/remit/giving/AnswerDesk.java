package dev.remit.giving;

import dev.remit.approval.Question;
import dev.remit.approval.QuestionBook;
import dev.remit.approval.QuestionId;
import dev.remit.approval.Verdict;
import dev.remit.call.Arguments;
import dev.remit.http.Exchange;
import dev.remit.identity.Role;
import dev.remit.registry.ActRefused;
import dev.remit.registry.AskedCalls;
import dev.remit.registry.Grantor;
import dev.remit.session.SignedIn;
import dev.remit.web.Form;
import dev.remit.web.Page;
import dev.remit.web.Routes;
import dev.remit.web.SignIns;
import java.util.Optional;
import java.util.Set;

/** Takes a person's answer to a call that waits for one. */
final class AnswerDesk {
    private static final Set<Role> ANSWERING = Set.of(Role.PERSON, Role.APPROVER);

    private final SignIns signIns;
    private final Grantor grantor;
    private final QuestionBook questions;
    private final AskedCalls calls;

    AnswerDesk(GivingEdge.Tools tools) {
        this.signIns = tools.signIns();
        this.grantor = tools.grantor();
        this.questions = tools.questions();
        this.calls = tools.asked();
    }

    /** Whether this person may: who gave the mandate, or whoever answers for others. */
    static boolean mayAnswer(SignedIn who, Question question) {
        boolean own = question.giver().equals(who.person().id()) && who.has(Role.PERSON);
        return own || who.has(Role.APPROVER);
    }

    /** Leads whoever may answer a question to it, from where an agent was told that it is. */
    void lead(Exchange exchange) {
        Optional<SignedIn> who = signIns.forPage(exchange, ANSWERING);
        if (who.isEmpty()) {
            return; // answered
        }
        find(exchange.path().substring((GivingEdge.ROOT + "/asked/").length()))
                .filter(one -> mayAnswer(who.get(), one))
                .ifPresentOrElse(
                        one ->
                                Page.redirect(
                                        exchange, signIns.origin() + MandatePage.path(one.mandate())),
                        () -> Routes.notThere(exchange));
    }

    void answer(Exchange exchange) {
        Optional<SignIns.Posted> posted = signIns.forForm(exchange, ANSWERING);
        if (posted.isEmpty()) {
            return; // answered
        }
        SignedIn who = posted.get().who();
        Form form = posted.get().form();
        Optional<Question> question =
                form.get(MandatePage.QUESTION)
                        .flatMap(this::find)
                        .filter(one -> mayAnswer(who, one));
        if (question.isEmpty()) {
            Routes.notThere(exchange);
            return;
        }
        Optional<Verdict> verdict = form.get(MandatePage.VERDICT).flatMap(Verdict::of);
        try {
            Arguments arguments = calls.arguments(question.get());
            if (verdict.isEmpty() || !QuestionHtml.mayBe(verdict.get(), arguments)) {
                throw new ActRefused("that is no answer to this question");
            }
            grantor.answer(question.get(), verdict.get(), arguments, who.person());
            Page.redirect(exchange, signIns.origin() + MandatePage.path(question.get().mandate()));
        } catch (ActRefused e) {
            GivingEdge.refused(exchange, e);
        }
    }

    private Optional<Question> find(String id) {
        try {
            return questions.question(new QuestionId(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
