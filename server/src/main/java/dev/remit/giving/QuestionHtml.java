package dev.remit.giving;

import static dev.remit.web.Html.element;
import static dev.remit.web.Html.text;

import dev.remit.approval.Likeness;
import dev.remit.approval.Question;
import dev.remit.approval.QuestionId;
import dev.remit.approval.Verdict;
import dev.remit.assent.TaskForm;
import dev.remit.call.Quotation;
import dev.remit.decision.Refusal;
import dev.remit.ledger.IntentSaid;
import dev.remit.registry.asked.Risk;
import dev.remit.registry.asked.Waiting;
import dev.remit.web.Html;
import dev.remit.web.OwnPath;
import dev.remit.web.Places;
import dev.remit.web.SignIns;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A call that waits for a person's answer: all of it, and what each answer lets through. */
final class QuestionHtml {
    private final Answerer by;
    private final OwnPath back;

    /**
     * @param back the page it is on, where the answer leads back to
     */
    QuestionHtml(Answerer by, OwnPath back) {
        this.by = by;
        this.back = back;
    }

    /** Where a question stands on a page. */
    static String place(QuestionId question) {
        return "q-" + question.text();
    }

    /** Whether this answer can be given on a page: a yes only to what was shown whole. */
    static boolean mayBe(Verdict verdict, Waiting one) {
        return !verdict.isYes() || one.isShown();
    }

    /** The whole of it: the risk first, the answers last. */
    Html of(Waiting one) {
        Question question = one.question();
        List<Html> inside = new ArrayList<>();
        inside.add(
                element(
                        "h3",
                        text("May "),
                        element("strong", Quotation.of(one.agent())),
                        text(" call "),
                        element("code", Quotation.of(question.tool().toString())),
                        text("?")));
        inside.add(risk(one));
        if (one.isShown()) {
            inside.add(new Sent(one).html());
        } else {
            inside.add(
                    element(
                            "p",
                            "What it would send is too long for this page; `remit pending` shows"
                                    + " it, and `remit approve` answers."));
        }
        String detail = question.detail().isEmpty() ? "" : ": " + Quotation.of(question.detail());
        inside.add(
                element(
                        "p",
                        text("It waits because of "),
                        element("code", question.refusal()),
                        text(detail.endsWith(".") ? detail : detail + ".")));
        one.sheet()
                .ifPresent(
                        sheet ->
                                inside.add(
                                        element(
                                                "p",
                                                text("The task that was given: "),
                                                element(
                                                                "a",
                                                                "“"
                                                                        + Quotation.of(
                                                                                sheet.mandate()
                                                                                        .task()
                                                                                        .words())
                                                                        + "”")
                                                        .with(
                                                                "href",
                                                                Places.mandate(
                                                                        question.mandate())))));
        inside.add(
                element(
                        "p",
                        text("Asked at "),
                        time(question.since()),
                        text("; silence until "),
                        time(question.waitsUntil()),
                        text(" is no.")));
        if (by.mayAnswer(question)) {
            answers(one, inside);
        }
        return element("section", inside)
                .with("class", "card question")
                .with("id", place(question.id()))
                .with("tabindex", "-1")
                .with("data-question", question.id().text())
                .with("aria-label", "Question about " + question.tool());
    }

    /** What it would do, and what speaks against it; in words, not in colour alone. */
    private static Html risk(Waiting one) {
        Risk risk = one.risk();
        List<Html> inside = new ArrayList<>();
        inside.add(element("p", element("strong", risk.title()), text(": " + risk.words() + ".")));
        one.doubt()
                .map(IntentSaid::said)
                .ifPresent(
                        said ->
                                inside.add(
                                        element(
                                                "p",
                                                element("strong", "Doubt"),
                                                text(": " + Quotation.of(said)))));
        boolean grave = risk.isFinal() || one.doubt().isPresent();
        return element("div", inside).with("class", grave ? "risk grave" : "risk");
    }

    private void answers(Waiting one, List<Html> inside) {
        Question question = one.question();
        List<Html> form = new ArrayList<>();
        form.add(TaskForm.hidden(SignIns.FIELD, by.who().csrf()));
        form.add(TaskForm.hidden(MandatePage.QUESTION, question.id().text()));
        form.add(TaskForm.hidden(AnswerDesk.BACK, back.text()));
        if (one.isShown() && by.maySayYes(one)) {
            form.add(button(Verdict.ONCE.code(), "Yes, this once", "y").with("class", "first"));
            if (!question.refusal().equals(Refusal.RULE_ASKS.code())) {
                form.add(button(Verdict.FOR_TASK.code(), "Yes, this call for the task", "t"));
                form.add(button(Verdict.LIKE_IT.code(), "Yes, anything like it", "l"));
                inside.add(like(one));
            }
        } else if (one.isShown()) {
            inside.add(showAgain());
        }
        form.add(button(Verdict.NO.code(), "No", "n"));
        form.add(button(Verdict.NEVER.code(), "No, and do not ask about this tool again", "never"));
        if (by.isGiver(question)) {
            form.add(
                    button(AnswerDesk.STOP, "No, and stop the agent", "stop").with("class", "bad"));
        }
        inside.add(
                element("form", form)
                        .with("method", "post")
                        .with("class", "answers")
                        .with("action", GivingEdge.ROOT + "/answer"));
        if (by.isGiver(question)) {
            inside.add(
                    element(
                            "p",
                            element(
                                    "small",
                                    "To stop the agent ends every mandate that you gave it, and"
                                            + " what it does under them.")));
        }
    }

    /** What cannot be undone needs somebody who showed who they are a moment ago. */
    private Html showAgain() {
        String to =
                "/sign-in?return="
                        + URLEncoder.encode(back.text(), StandardCharsets.UTF_8)
                        + SignIns.again(List.of());
        return element(
                "p",
                text("A yes to this cannot be undone. "),
                element("a", "Show who you are").with("class", "button").with("href", to),
                text(" once more to say it."));
    }

    /** What the widest yes would let through. */
    private static Html like(Waiting one) {
        String said =
                String.join(
                        "; ", Likeness.like("q", one.question().tool(), one.arguments()).said());
        return element("p", element("small", "Like it means: " + Quotation.whole(said) + "."));
    }

    static Html time(Instant at) {
        return element("time", MandatePage.TIME.format(at)).with("datetime", at.toString());
    }

    private static Html.Element button(String verdict, String shown, String key) {
        return element("button", shown)
                .with("name", MandatePage.VERDICT)
                .with("value", verdict)
                .with("data-key", key);
    }
}
