package dev.remit.giving;

import static dev.remit.web.Html.element;
import static dev.remit.web.Html.text;

import dev.remit.approval.Likeness;
import dev.remit.approval.Question;
import dev.remit.approval.Verdict;
import dev.remit.assent.TaskForm;
import dev.remit.call.Arguments;
import dev.remit.call.Quotation;
import dev.remit.call.Value;
import dev.remit.decision.Refusal;
import dev.remit.ledger.IntentSaid;
import dev.remit.session.SignedIn;
import dev.remit.web.Html;
import dev.remit.web.SignIns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A call that waits for a person's answer: all of it, and what each answer lets through. */
final class QuestionHtml {
    /** What is longer cannot be looked through on a page, so nobody says yes to it there. */
    private static final int LONGEST = 20_000;

    private QuestionHtml() {}

    /** Whether this answer can be given on a page: a yes only to what was shown whole. */
    static boolean mayBe(Verdict verdict, Arguments arguments) {
        return verdict == Verdict.NO || verdict == Verdict.NEVER || isShown(arguments);
    }

    private static boolean isShown(Arguments arguments) {
        return arguments.fields().json().length() <= LONGEST;
    }

    /**
     * @param doubt what the rules of intent said of it, if they have a doubt
     */
    static Html of(
            Question question, Arguments arguments, Optional<IntentSaid> doubt, SignedIn who) {
        List<Html> inside = new ArrayList<>();
        inside.add(
                element(
                        "h3",
                        text("May it call "),
                        element("code", Quotation.of(question.tool().toString())),
                        text("?")));
        if (isShown(arguments)) {
            inside.add(element("dl", arguments(arguments)));
        } else {
            inside.add(
                    element(
                            "p",
                            "What it would send is too long for this page; `remit pending` shows"
                                    + " it, and `remit approve` answers."));
        }
        String why = doubt.map(IntentSaid::said).orElse(question.detail());
        String detail = why.isEmpty() ? "" : ": " + Quotation.of(why);
        inside.add(
                element(
                        "p",
                        text("It waits because of "),
                        element("code", question.refusal()),
                        text(detail.endsWith(".") ? detail : detail + ".")));
        inside.add(
                element(
                        "p",
                        text("Asked at "),
                        time(question.since()),
                        text("; silence until "),
                        time(question.waitsUntil()),
                        text(" is no.")));
        List<Html> form = new ArrayList<>();
        form.add(TaskForm.hidden(SignIns.FIELD, who.csrf()));
        form.add(TaskForm.hidden(MandatePage.QUESTION, question.id().text()));
        if (isShown(arguments)) {
            form.add(button(Verdict.ONCE, "Yes, this once"));
            if (!question.refusal().equals(Refusal.RULE_ASKS.code())) {
                form.add(button(Verdict.FOR_TASK, "Yes, this call for the task"));
                form.add(button(Verdict.LIKE_IT, "Yes, anything like it"));
                inside.add(like(question, arguments));
            }
        }
        form.add(button(Verdict.NO, "No"));
        form.add(button(Verdict.NEVER, "No, and do not ask about this tool again"));
        inside.add(
                element("form", form)
                        .with("method", "post")
                        .with("class", "answers")
                        .with("action", GivingEdge.ROOT + "/answer"));
        return element("section", inside).with("class", "card");
    }

    /** What the widest yes would let through. */
    private static Html like(Question question, Arguments arguments) {
        String said = String.join("; ", Likeness.like("q", question.tool(), arguments).said());
        return element("p", element("small", "Like it means: " + Quotation.whole(said) + "."));
    }

    /** Each argument as it would be sent. */
    static List<Html> arguments(Arguments arguments) {
        List<Html> all = new ArrayList<>();
        arguments
                .fields()
                .values()
                .forEach(
                        (name, value) -> {
                            all.add(element("dt", element("code", Quotation.whole(name))));
                            all.add(element("dd", element("pre", Quotation.whole(said(value)))));
                        });
        if (all.isEmpty()) {
            all.add(element("dt", "no arguments"));
        }
        return all;
    }

    static String said(Value value) {
        return switch (value) {
            case Value.Text(String text) -> text;
            case Value.Num _, Value.Flag _, Value.Nothing _, Value.Items _, Value.Fields _ ->
                    value.json();
        };
    }

    static Html time(Instant at) {
        return element("time", MandatePage.TIME.format(at)).with("datetime", at.toString());
    }

    private static Html button(Verdict verdict, String shown) {
        return element("button", shown)
                .with("name", MandatePage.VERDICT)
                .with("value", verdict.code());
    }
}
