package dev.remit.giving;

import static dev.remit.web.Html.element;
import static dev.remit.web.Html.text;

import dev.remit.approval.Question;
import dev.remit.approval.Questions;
import dev.remit.assent.CardHtml;
import dev.remit.assent.TaskForm;
import dev.remit.call.Pin;
import dev.remit.call.Quotation;
import dev.remit.decision.intent.Plan;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentBook;
import dev.remit.identity.AgentId;
import dev.remit.identity.Authentication;
import dev.remit.identity.MandateId;
import dev.remit.identity.Role;
import dev.remit.mandate.Budget;
import dev.remit.mandate.Card;
import dev.remit.mandate.CardWriter;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Permission;
import dev.remit.mandate.Sheet;
import dev.remit.mandate.Usage;
import dev.remit.session.SignedIn;
import dev.remit.web.Html;
import dev.remit.web.OwnPath;
import dev.remit.web.Page;
import dev.remit.web.Places;
import dev.remit.web.Section;
import dev.remit.web.SignIns;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One mandate, and the list of them, as the pages show them. */
final class MandatePage {
    private static final int MOST_QUESTIONS = 1_000;
    static final String MANDATE = "mandate";
    static final String WHY = "why";
    static final String QUESTION = "question";
    static final String VERDICT = "verdict";

    static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMM, HH:mm 'UTC'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);
    private static final int LONGEST_WHY = 500;

    private final GivingEdge.Tools tools;
    private final SignedIn who;
    private final Instant now;

    MandatePage(GivingEdge.Tools tools, SignedIn who, Instant now) {
        this.tools = tools;
        this.who = who;
        this.now = now;
    }

    static String path(MandateId id) {
        return Places.mandate(id);
    }

    static CardWriter cards(GivingEdge.Tools tools) {
        return new CardWriter(tools.tools(), id -> name(tools.agents(), id), Plan::understood);
    }

    private static String name(AgentBook agents, AgentId id) {
        return agents.agent(id).map(Agent::name).orElse(id.text());
    }

    /**
     * @param mayEnd whether the person who looks may end it
     */
    Page of(Sheet sheet, Card card, List<Question> waiting, boolean mayEnd) {
        Mandate mandate = sheet.mandate();
        List<Html> main = new ArrayList<>();
        main.add(
                element(
                        "p",
                        element("strong", sheet.state(now)),
                        text(", given to "),
                        element("strong", Quotation.of(card.agent())),
                        text(" by " + Quotation.of(card.giver()) + " on "),
                        QuestionHtml.time(mandate.givenAt()),
                        text(", version " + mandate.version() + ".")));
        main.add(element("pre", Quotation.whole(card.task())));
        if (!waiting.isEmpty()) {
            main.add(element("h2", "It waits for your answer"));
            QuestionHtml html =
                    new QuestionHtml(new Answerer(who, now), new OwnPath(path(mandate.id())));
            waiting.forEach(one -> main.add(html.of(tools.presenter().of(one))));
        }
        main.add(element("section", CardHtml.of(card)).with("class", "card"));
        main.add(
                element(
                        "p",
                        element("a", "What was done under it")
                                .with("class", "button")
                                .with("href", Places.activity(mandate.id()))));
        main.add(element("p", "Questions to its giver: " + questions(mandate).said() + "."));
        main.add(element("h2", "What has been used"));
        main.add(element("ul", used(sheet)));
        if (mayEnd) {
            String like = "/new?" + FromForm.LIKE + "=" + mandate.id();
            main.add(
                    element(
                            "p",
                            element("a", "Give another like it")
                                    .with("class", "button")
                                    .with("href", GivingEdge.ROOT + like)));
        }
        if (mayEnd && mandate.status() instanceof Mandate.Status.Active) {
            main.add(element("h2", "Change it"));
            main.addAll(ChangeHtml.of(sheet.mandate(), card, pins(), who));
            main.add(element("h2", "End it"));
            main.add(ending(mandate.id()));
        }
        main.add(
                element(
                        "p",
                        element(
                                "small",
                                text("How it was given: " + signIn(mandate) + " "),
                                element("code", "remit mandate verify " + mandate.id()),
                                text(" checks who signed what."))));
        main.add(GivePage.back());
        return Page.of("Mandate", main.toArray(Html[]::new)).in(Section.MANDATES, who);
    }

    private List<Pin> pins() {
        return tools.upstreams().stream()
                .flatMap(upstream -> tools.tools().pins(upstream).stream())
                .toList();
    }

    private static String signIn(Mandate mandate) {
        Optional<Authentication> shown = mandate.signIn();
        if (shown.isEmpty()) {
            return "not on a page.";
        }
        return shown.get().acr().equals(Optional.of(Authentication.PHISHING_RESISTANT))
                ? "by somebody who had signed in with a passkey."
                : "by somebody who had signed in.";
    }

    private static List<Html> used(Sheet sheet) {
        Usage usage = sheet.usage();
        List<Html> used = new ArrayList<>();
        used.add(
                element(
                        "li",
                        usage.calls()
                                + (usage.calls() == 1 ? " call" : " calls")
                                + most(sheet.mandate().limits().uses().stream().boxed().toList())
                                + ", "
                                + usage.strikes()
                                + " of "
                                + sheet.mandate().limits().strikes()
                                + " strikes"));
        for (Permission one : sheet.mandate().permissions().all()) {
            if (usage.of(one) > 0) {
                used.add(
                        element(
                                "li",
                                element("code", one.tools().text()),
                                text(
                                        ": "
                                                + usage.of(one)
                                                + most(one.uses().stream().boxed().toList()))));
            }
        }
        for (Budget one : sheet.mandate().limits().budgets()) {
            used.add(element("li", one.said() + ": " + usage.of(one).toPlainString() + " so far"));
        }
        return used;
    }

    private static String most(List<Long> most) {
        return most.isEmpty() ? "" : " of " + most.getFirst();
    }

    private Html ending(MandateId id) {
        return element(
                        "div",
                        element(
                                        "form",
                                        TaskForm.hidden(SignIns.FIELD, who.csrf()),
                                        TaskForm.hidden(MANDATE, id.text()),
                                        element("button", "The task is done"))
                                .with("method", "post")
                                .with("action", GivingEdge.ROOT + "/complete"),
                        element(
                                        "form",
                                        TaskForm.hidden(SignIns.FIELD, who.csrf()),
                                        TaskForm.hidden(MANDATE, id.text()),
                                        element("input")
                                                .with("name", WHY)
                                                .with("aria-label", "Why")
                                                .with("placeholder", "why")
                                                .with("maxlength", Integer.toString(LONGEST_WHY)),
                                        text(" "),
                                        element("button", "Revoke it now"))
                                .with("method", "post")
                                .with("action", GivingEdge.ROOT + "/revoke"))
                .with("class", "answers");
    }

    private Questions questions(Mandate mandate) {
        return Questions.of(
                tools.questions().lately(mandate.giver().id(), MOST_QUESTIONS).stream()
                        .filter(one -> one.mandate().equals(mandate.id()))
                        .toList(),
                now);
    }

    static Page list(
            SignedIn who,
            List<Sheet> sheets,
            List<Question> waiting,
            GivingEdge.Tools tools,
            Instant now) {
        List<Html> main = new ArrayList<>();
        if (who.has(Role.PERSON)) {
            main.add(
                    element(
                            "p",
                            element("a", "Give a mandate")
                                    .with("class", "button")
                                    .with("href", GivingEdge.ROOT + "/new")));
        }
        if (!waiting.isEmpty()) {
            main.add(element("h2", "What waits for your answer"));
            main.add(element("ul", waiting.stream().map(one -> asked(one, tools)).toList()));
        }
        List<Sheet> alive = sheets.stream().filter(one -> one.isInForce(now)).toList();
        List<Sheet> over = sheets.stream().filter(one -> !one.isInForce(now)).toList();
        main.add(element("h2", "What lives"));
        main.add(table(alive, tools, now));
        if (!over.isEmpty()) {
            main.add(
                    element(
                            "details",
                            element("summary", "What is over (" + over.size() + ")"),
                            table(over, tools, now)));
        }
        return Page.of("Mandates", main.toArray(Html[]::new)).in(Section.MANDATES, who);
    }

    private static Html asked(Question question, GivingEdge.Tools tools) {
        return element(
                "li",
                element("a", Quotation.of(question.tool().toString()))
                        .with("href", path(question.mandate())),
                text(" for " + Quotation.of(name(tools.agents(), question.agent())) + ", since "),
                QuestionHtml.time(question.since()));
    }

    private static Html table(List<Sheet> sheets, GivingEdge.Tools tools, Instant now) {
        if (sheets.isEmpty()) {
            return element("p", "Nothing.");
        }
        List<Html> rows = new ArrayList<>();
        for (Sheet one : sheets) {
            Mandate mandate = one.mandate();
            rows.add(
                    element(
                            "tr",
                            element(
                                    "td",
                                    element("a", Quotation.of(cut(mandate.task().words())))
                                            .with("href", path(mandate.id()))),
                            element("td", Quotation.of(name(tools.agents(), mandate.agent()))),
                            element("td", one.state(now))));
        }
        return element("table", element("tbody", rows));
    }

    private static String cut(String words) {
        int[] all = words.codePoints().limit(81).toArray();
        return all.length <= 80 ? words : new String(all, 0, 80) + "…";
    }
}
