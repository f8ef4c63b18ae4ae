package dev.remit.console;

import static dev.remit.web.Html.element;
import static dev.remit.web.Html.text;

import dev.remit.call.Arguments;
import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Quotation;
import dev.remit.call.Tool;
import dev.remit.decision.Decision;
import dev.remit.decision.Refusal;
import dev.remit.gate.Answer;
import dev.remit.gate.Foresight;
import dev.remit.gate.Rehearsal;
import dev.remit.http.Exchange;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentId;
import dev.remit.identity.MandateId;
import dev.remit.ledger.IntentSaid;
import dev.remit.ledger.RuleSaid;
import dev.remit.registry.ActRefused;
import dev.remit.web.Form;
import dev.remit.web.Html;
import dev.remit.web.Places;
import dev.remit.web.Section;
import dev.remit.web.SignIns;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tries one call: what would be decided of it now, and why. */
final class TrialDesk {
    static final String PATH = Section.RULES.path() + "/try";

    private static final String AGENT = "agent";
    private static final String MANDATE = "mandate";
    private static final String TOOL = "tool";
    private static final String ARGUMENTS = "arguments";
    private static final Form UNTYPED = Form.read("").orElseThrow();

    private final ConsoleEdge.Tools tools;
    private final RulesDesk page;

    TrialDesk(ConsoleEdge.Tools tools, RulesDesk page) {
        this.tools = tools;
        this.page = page;
    }

    void tryIt(Exchange exchange) {
        page.tried(exchange, this::result);
    }

    private Html result(Form form) {
        Agent agent = agent(said(form, AGENT));
        Tool tool = tool(said(form, TOOL));
        Rehearsal.Tried tried =
                tools.trials()
                        .rehearsal()
                        .of(agent.id(), mandate(said(form, MANDATE)), tool, arguments(form));
        List<Html> inside = new ArrayList<>();
        inside.add(
                element(
                        "h3",
                        text("If "),
                        element("strong", Quotation.of(agent.name())),
                        text(" called "),
                        element("code", Quotation.of(tool.toString())),
                        text(" now")));
        inside.addAll(
                switch (tried) {
                    case Rehearsal.Tried.NotEnrolled() ->
                            outcome(
                                    "bad",
                                    "refused",
                                    "It has no key yet, so it cannot call anything.");
                    case Rehearsal.Tried.NotLetIn(var doubt) ->
                            outcome("bad", doubt.code(), doubt.sentence());
                    case Rehearsal.Tried.Decided(Foresight.Foreseen foreseen) -> told(foreseen);
                });
        inside.add(
                element("p", "Nothing was sent, nothing was spent, and nothing was written down.")
                        .with("class", "quiet"));
        return element("section", inside).with("class", "card").with("role", "status");
    }

    private static String said(Form form, String name) {
        return form.get(name).map(String::strip).orElse("");
    }

    private Agent agent(String named) {
        try {
            return tools.agents()
                    .agentNamed(named)
                    .or(() -> tools.agents().agent(new AgentId(named)))
                    .orElseThrow(() -> new ActRefused("there is no agent of this name"));
        } catch (IllegalArgumentException e) {
            throw new ActRefused("there is no agent of this name");
        }
    }

    private static Optional<MandateId> mandate(String named) {
        try {
            return named.isEmpty() ? Optional.empty() : Optional.of(new MandateId(named));
        } catch (IllegalArgumentException e) {
            throw new ActRefused("a mandate's id begins with mdt_");
        }
    }

    private static Tool tool(String named) {
        try {
            return Tool.of(named);
        } catch (IllegalArgumentException e) {
            throw new ActRefused("a tool is named upstream.tool");
        }
    }

    private static Arguments arguments(Form form) {
        String typed = said(form, ARGUMENTS);
        try {
            Arguments arguments =
                    new Arguments(
                            JsonReader.readFields(
                                    (typed.isEmpty() ? "{}" : typed)
                                            .getBytes(StandardCharsets.UTF_8)));
            if (!arguments.isInterchangeable()) {
                throw new ActRefused("a number in the arguments is not the same for every reader");
            }
            return arguments;
        } catch (MalformedJson e) {
            throw new ActRefused("the arguments are no JSON object: " + e.getMessage());
        }
    }

    private static List<Html> outcome(String kind, String word, String why) {
        return List.of(element("p", Cells.tag(kind, word)), element("p", Quotation.of(why)));
    }

    private static List<Html> told(Foresight.Foreseen foreseen) {
        List<Html> told = new ArrayList<>();
        if (foreseen.obstacle().isEmpty()) {
            told.add(element("p", Cells.tag("good", "allowed")));
        }
        foreseen.obstacle().ifPresent(one -> told.addAll(obstacle(one)));
        foreseen.decision().ifPresent(one -> told.addAll(heard(one)));
        return told;
    }

    private static List<Html> obstacle(Answer answer) {
        return switch (answer) {
            case Answer.Asked asked ->
                    because("wait", "a person is asked", asked.refusal(), asked.detail());
            case Answer.Refused refused ->
                    because("bad", "refused", refused.refusal(), refused.detail());
            case Answer.Ended _, Answer.CutShort _ ->
                    throw new IllegalStateException("nothing was made");
        };
    }

    private static List<Html> because(String kind, String word, Refusal refusal, String detail) {
        List<Html> told = new ArrayList<>();
        told.add(
                element(
                        "p",
                        Cells.tag(kind, word),
                        text(" because of "),
                        element("code", refusal.code())));
        told.add(element("p", Quotation.of(refusal.sentence())));
        if (!detail.isEmpty()) {
            told.add(element("p", Quotation.of(detail)));
        }
        return told;
    }

    /** By what it would be let through, and what was said of it beside. */
    private static List<Html> heard(Decision decision) {
        List<Html> rows = new ArrayList<>();
        decision.file()
                .sheet()
                .map(sheet -> sheet.mandate())
                .ifPresent(
                        mandate ->
                                rows.add(
                                        row(
                                                "the mandate",
                                                Cells.link(
                                                        Places.mandate(mandate.id()),
                                                        Quotation.of(mandate.task().words())))));
        if (decision instanceof Decision.Allow allow) {
            rows.add(row("allowed by", text(Quotation.of(leave(allow.by())))));
        }
        for (RuleSaid one : decision.heard().rules()) {
            rows.add(row("rule " + one.rule(), text(one.as().code() + sentence(one.sentence()))));
        }
        decision.heard().intent().ifPresent(one -> rows.addAll(intent(one)));
        return rows.isEmpty() ? List.of() : List.of(element("dl", rows).with("class", "why"));
    }

    private static String sentence(String said) {
        return said.isEmpty() ? "" : ": " + Quotation.of(said);
    }

    private static String leave(Decision.Leave leave) {
        return switch (leave) {
            case Decision.Leave.ByPermission(var permission) ->
                    "the permission " + permission.name() + ": " + permission.tools().text();
            case Decision.Leave.ByRule(var draw) -> "the rule " + draw.name();
            case Decision.Leave.ByAnswer _ -> "a person's yes to this very call";
        };
    }

    private static List<Html> intent(IntentSaid said) {
        List<Html> rows = new ArrayList<>();
        rows.add(row("intent", text(said.as().code() + ": " + Quotation.of(said.said()))));
        for (IntentSaid.Origin one : said.origins()) {
            rows.add(
                    row(
                            "where " + Quotation.of(one.argument()) + " comes from",
                            text(Quotation.of("“" + one.value() + "”: " + one.standing()))));
        }
        return rows;
    }

    private static Html row(String label, Html inside) {
        return element("div", element("dt", label), element("dd", inside));
    }

    /** The form, with what was typed still in it. */
    static Html form(Viewer viewer, Optional<Form> typed) {
        Form form = typed.orElse(UNTYPED);
        return element(
                        "form",
                        Cells.hidden(SignIns.FIELD, viewer.who().csrf()),
                        field(form, "Agent", AGENT, "its name or id"),
                        field(form, "Tool", TOOL, "upstream.tool"),
                        field(form, "Mandate, if not the agent's current one", MANDATE, "mdt_…"),
                        element(
                                "label",
                                text("Arguments, as JSON"),
                                element("textarea", said(form, ARGUMENTS))
                                        .with("name", ARGUMENTS)
                                        .with("rows", "4")
                                        .with("maxlength", "20000")
                                        .with("placeholder", "{\"path\": \"/notes/a.md\"}")),
                        element("button", "Try it"))
                .with("method", "post")
                .with("class", "card stacked")
                .with("action", PATH);
    }

    private static Html field(Form form, String label, String name, String example) {
        return element(
                "label",
                text(label),
                element("input")
                        .with("name", name)
                        .with("maxlength", "300")
                        .with("placeholder", example)
                        .with("value", said(form, name)));
    }
}
