package dev.remit.giving;

import static dev.remit.web.Html.element;
import static dev.remit.web.Html.text;

import dev.remit.approval.Question;
import dev.remit.approval.Questions;
import dev.remit.approval.Verdict;
import dev.remit.call.Quotation;
import dev.remit.identity.Agent;
import dev.remit.identity.MandateId;
import dev.remit.identity.PersonId;
import dev.remit.identity.Role;
import dev.remit.mandate.Mandate;
import dev.remit.registry.asked.Waiting;
import dev.remit.web.Html;
import dev.remit.web.OwnPath;
import dev.remit.web.Page;
import dev.remit.web.Places;
import dev.remit.web.Section;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The inbox of questions, and under it what was answered. */
final class InboxPage {
    private static final int MOST_TASKS = 10;

    private final GivingEdge.Tools tools;
    private final Answerer by;

    InboxPage(GivingEdge.Tools tools, Answerer by) {
        this.tools = tools;
        this.by = by;
    }

    /**
     * @param most how many questions are shown at once; the others follow when these are answered
     */
    Page of(List<Waiting> waiting, int most, List<Question> lately) {
        List<Html> main = new ArrayList<>();
        main.add(
                element("p", said(waiting.size(), most))
                        .with("role", "status")
                        .with("class", "lead"));
        if (!waiting.isEmpty() && mayAnswer()) {
            main.add(keys());
        }
        QuestionHtml html = new QuestionHtml(by, new OwnPath(Section.APPROVALS.path()));
        waiting.stream().limit(most).map(html::of).forEach(main::add);
        List<Question> all = new ArrayList<>(lately);
        waiting.forEach(one -> all.add(one.question()));
        if (!all.isEmpty()) {
            main.add(element("h2", "Questions for each task"));
            main.add(perTask(all));
        }
        main.add(element("h2", "Answered, or too late"));
        main.add(history(lately));
        return Page.of("Approvals", main.toArray(Html[]::new))
                .withScript("approvals.js")
                .in(Section.APPROVALS, by.who());
    }

    private boolean mayAnswer() {
        return by.who().has(Role.PERSON) || by.who().has(Role.APPROVER);
    }

    private static String said(int waiting, int most) {
        if (waiting == 0) {
            return "Nothing waits for an answer. When an agent wants to do what its mandate does"
                    + " not include, it is asked about here, and the agent waits.";
        }
        return (waiting == 1 ? "One call waits" : waiting + " calls wait")
                + " for an answer; the gravest is shown first. Nothing is sent before a yes."
                + (waiting > most ? " The first " + most + " are shown." : "");
    }

    private static Html keys() {
        return element(
                        "p",
                        element("kbd", "j"),
                        text(" next, "),
                        element("kbd", "k"),
                        text(" back; then "),
                        element("kbd", "y"),
                        text(" yes, this once, "),
                        element("kbd", "t"),
                        text(" for the task, "),
                        element("kbd", "l"),
                        text(" anything like it, "),
                        element("kbd", "n"),
                        text(" no"))
                .with("class", "quiet keys");
    }

    /** How often each task asked, the most first. */
    private Html perTask(List<Question> all) {
        Map<MandateId, List<Question>> by =
                all.stream().collect(Collectors.groupingBy(Question::mandate));
        List<Html> rows =
                by.entrySet().stream()
                        .sorted(
                                Comparator.comparingInt(
                                        (Map.Entry<MandateId, List<Question>> one) ->
                                                -one.getValue().size()))
                        .limit(MOST_TASKS)
                        .map(one -> task(one.getKey(), Questions.of(one.getValue(), this.by.now())))
                        .toList();
        return element(
                        "table",
                        element(
                                "thead",
                                element(
                                        "tr",
                                        column("task"),
                                        column("asked"),
                                        column("answered"),
                                        column("waiting"),
                                        column("too late"))),
                        element("tbody", rows))
                .with("class", "log");
    }

    private Html task(MandateId mandate, Questions counted) {
        String words =
                tools.mandates()
                        .find(mandate)
                        .map(sheet -> sheet.mandate().task().words())
                        .orElse(mandate.text());
        return element(
                "tr",
                cell(
                        "task",
                        element("a", Quotation.of(words)).with("href", Places.mandate(mandate))),
                cell("asked", text(Long.toString(counted.asked()))),
                cell("answered", text(Long.toString(counted.answered()))),
                cell("waiting", text(Long.toString(counted.waiting()))),
                cell("too late", text(Long.toString(counted.tooLate()))));
    }

    private Html history(List<Question> lately) {
        if (lately.isEmpty()) {
            return element("p", "Nothing yet.");
        }
        List<Html> rows = new ArrayList<>();
        for (Question one : lately) {
            rows.add(
                    element(
                            "tr",
                            cell("asked", QuestionHtml.time(one.since())),
                            cell(
                                    "call",
                                    element("a", Quotation.of(one.tool().toString()))
                                            .with("href", Places.entry(one.entry()))),
                            cell("agent", text(Quotation.of(agent(one)))),
                            cell("answer", text(became(one)))));
        }
        return element(
                        "table",
                        element(
                                "thead",
                                element(
                                        "tr",
                                        column("asked"),
                                        column("call"),
                                        column("agent"),
                                        column("answer"))),
                        element("tbody", rows))
                .with("class", "log");
    }

    private static Html column(String title) {
        return element("th", title).with("scope", "col");
    }

    private static Html cell(String label, Html inside) {
        return element("td", inside).with("data-label", label);
    }

    private String agent(Question one) {
        return tools.agents().agent(one.agent()).map(Agent::name).orElse(one.agent().text());
    }

    private String became(Question one) {
        return switch (one.state()) {
            case Question.State.Waiting() -> "no answer in time, which is no";
            case Question.State.Answered(Verdict verdict, PersonId person, Instant at) ->
                    words(verdict)
                            + ", by "
                            + name(one, person)
                            + ", "
                            + MandatePage.TIME.format(at);
            case Question.State.Used(Instant at) ->
                    "yes, once; the call was made " + MandatePage.TIME.format(at);
        };
    }

    private static String words(Verdict verdict) {
        return switch (verdict) {
            case ONCE -> "yes, once";
            case FOR_TASK -> "yes, for the task";
            case LIKE_IT -> "yes, anything like it";
            case NO -> "no";
            case NEVER -> "no, and not about this tool again";
        };
    }

    private String name(Question one, PersonId person) {
        if (person.equals(by.who().person().id())) {
            return "you";
        }
        return tools.mandates()
                .find(one.mandate())
                .map(sheet -> sheet.mandate())
                .map(Mandate::giver)
                .filter(giver -> giver.id().equals(person))
                .map(giver -> Quotation.of(giver.name()))
                .orElse(person.text());
    }
}
