package dev.remit.console;

import static dev.remit.web.Html.element;
import static dev.remit.web.Html.text;

import dev.remit.call.CallId;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentBook;
import dev.remit.identity.AgentId;
import dev.remit.ledger.told.Line;
import dev.remit.web.Form;
import dev.remit.web.Html;
import dev.remit.web.Section;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which lines somebody looks for; all that is said must be true of them.
 *
 * @param typed as they typed it
 * @param trouble what of it cannot be understood, and is left out; empty if all is
 */
record Wanted(
        Form typed,
        Optional<AgentId> agent,
        String tool,
        String person,
        String mandate,
        Optional<Line.Decided> decided,
        Optional<Instant> since,
        Optional<Instant> until,
        Optional<Long> before,
        String trouble) {
    static final String CALL = "call";
    private static final String AGENT = "agent";
    private static final String TOOL = "tool";
    private static final String PERSON = "person";
    private static final String MANDATE = "mandate";
    private static final String DECISION = "decision";
    private static final String SINCE = "since";
    private static final String UNTIL = "until";
    private static final String BEFORE = "before";
    private static final List<String> KEPT =
            List.of(AGENT, TOOL, PERSON, MANDATE, DECISION, SINCE, UNTIL);

    static Wanted of(Form form, AgentBook agents) {
        List<String> trouble = new ArrayList<>();
        String named = said(form, AGENT);
        Optional<AgentId> agent = named.isEmpty() ? Optional.empty() : agent(named, agents);
        if (!named.isEmpty() && agent.isEmpty()) {
            trouble.add("There is no agent of this name.");
        }
        if (!said(form, CALL).isEmpty()) {
            trouble.add("A call's id begins with call_.");
        }
        String decision = said(form, DECISION);
        Optional<Line.Decided> decided =
                List.of(Line.Decided.values()).stream()
                        .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(decision))
                        .findFirst();
        Optional<Instant> since = moment(form, SINCE, trouble);
        Optional<Instant> until = moment(form, UNTIL, trouble);
        String place = said(form, BEFORE);
        Optional<Long> before =
                place.matches("[0-9]{1,18}")
                        ? Optional.of(Long.parseLong(place))
                        : Optional.empty();
        return new Wanted(
                form,
                agent,
                said(form, TOOL),
                said(form, PERSON),
                said(form, MANDATE),
                decided,
                since,
                until,
                before,
                String.join(" ", trouble));
    }

    private static String said(Form form, String name) {
        return form.get(name).map(String::strip).orElse("");
    }

    private static Optional<AgentId> agent(String named, AgentBook agents) {
        try {
            return agents.agentNamed(named)
                    .map(Agent::id)
                    .or(() -> agents.agent(new AgentId(named)).map(Agent::id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> moment(Form form, String name, List<String> trouble) {
        String typed = said(form, name);
        if (typed.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDateTime.parse(typed).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            trouble.add("A time is written 2026-11-30T09:00.");
            return Optional.empty();
        }
    }

    static Optional<CallId> call(String text) {
        try {
            return Optional.of(new CallId(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    boolean is(Line line) {
        return isOfThem(line)
                && decided.stream().allMatch(line::is)
                && since.stream().noneMatch(line.at()::isBefore)
                && until.stream().noneMatch(line.at()::isAfter);
    }

    private boolean isOfThem(Line line) {
        boolean byTool =
                tool.isEmpty()
                        || line.call()
                                .filter(one -> one.tool().toString().contains(tool))
                                .isPresent();
        boolean byAgent = agent.isEmpty() || line.agent().equals(agent);
        boolean byPerson =
                person.isEmpty()
                        || line.person().filter(id -> id.text().equals(person)).isPresent();
        boolean byMandate =
                mandate.isEmpty()
                        || line.mandate().filter(id -> id.text().equals(mandate)).isPresent();
        return byTool && byAgent && byPerson && byMandate;
    }

    /** The path of the same search, before this entry. */
    String before(long entry) {
        StringBuilder path = new StringBuilder(Section.LEDGER.path()).append("?");
        for (String name : KEPT) {
            String said = said(typed, name);
            if (!said.isEmpty()) {
                path.append(name)
                        .append('=')
                        .append(URLEncoder.encode(said, StandardCharsets.UTF_8))
                        .append('&');
            }
        }
        return path.append(BEFORE).append('=').append(entry).toString();
    }

    /**
     * The form, with what was typed still in it.
     *
     * @param withPerson whether somebody else's can be looked for
     */
    Html form(boolean withPerson) {
        List<Html> fields = new ArrayList<>();
        fields.add(field("Agent", AGENT, "text"));
        fields.add(field("Tool contains", TOOL, "text"));
        if (withPerson) {
            fields.add(field("Person's id", PERSON, "text"));
        }
        fields.add(field("Mandate's id", MANDATE, "text"));
        fields.add(decision());
        fields.add(field("Since (UTC)", SINCE, "datetime-local"));
        fields.add(field("Until (UTC)", UNTIL, "datetime-local"));
        fields.add(field("Or one call's id", CALL, "text"));
        fields.add(element("button", "Search"));
        return element("form", fields)
                .with("class", "search card")
                .with("role", "search")
                .with("action", Section.LEDGER.path());
    }

    private Html field(String label, String name, String type) {
        return element(
                "label",
                text(label),
                element("input")
                        .with("name", name)
                        .with("type", type)
                        .with("maxlength", "200")
                        .with("value", said(typed, name)));
    }

    private Html decision() {
        List<Html> options = new ArrayList<>();
        options.add(option("", "anything"));
        for (Line.Decided one : Line.Decided.values()) {
            String word = one.name().toLowerCase(Locale.ROOT);
            options.add(option(word, word));
        }
        return element(
                "label", text("Decision"), element("select", options).with("name", DECISION));
    }

    private Html option(String value, String shown) {
        Html.Element option = element("option", shown).with("value", value);
        return said(typed, DECISION).equals(value) ? option.with("selected", "selected") : option;
    }
}
