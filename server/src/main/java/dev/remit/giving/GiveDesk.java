package dev.remit.giving;

import static dev.remit.web.Html.element;

import dev.remit.assent.Assents;
import dev.remit.assent.Assents.Assent;
import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Pin;
import dev.remit.call.Value;
import dev.remit.http.Exchange;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentBook;
import dev.remit.identity.AgentId;
import dev.remit.identity.AgentQuery;
import dev.remit.identity.Authentication;
import dev.remit.identity.Role;
import dev.remit.mandate.CardWriter;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.MandateSignature;
import dev.remit.registry.ActRefused;
import dev.remit.registry.Grantor;
import dev.remit.session.SignedIn;
import dev.remit.web.Form;
import dev.remit.web.Page;
import dev.remit.web.SignIns;
import dev.remit.web.TurnedAway;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where a person says what an agent may, sees it as a card, and says yes. */
final class GiveDesk {
    private static final Set<Role> GIVING = Set.of(Role.PERSON);
    private static final int LONGEST_BODY = 64 * 1024;

    /** How lately somebody without a passkey must have signed in to begin, and to say yes. */
    private static final Duration FRESH = Duration.ofMinutes(5);

    private final SignIns signIns;
    private final Grantor grantor;
    private final Assents assents;
    private final AgentBook agents;
    private final GivingEdge.Tools tools;
    private final CardWriter cards;
    private final InstantSource clock;

    GiveDesk(GivingEdge.Tools tools) {
        this.signIns = tools.signIns();
        this.grantor = tools.grantor();
        this.assents = tools.assents();
        this.agents = tools.agents();
        this.tools = tools;
        this.cards = MandatePage.cards(tools);
        this.clock = tools.clock();
    }

    void form(Exchange exchange) {
        signIns.forPage(exchange, GIVING)
                .filter(who -> isSure(exchange, who, FRESH))
                .ifPresent(who -> GivePage.form(who, known(), pins()).answer(exchange));
    }

    /** Who has a passkey shows it with the yes; anybody else must have signed in lately. */
    private boolean isSure(Exchange exchange, SignedIn who, Duration most) {
        return !who.account().passkeys().isEmpty() || signIns.isFresh(exchange, who, most);
    }

    private List<Agent> known() {
        AgentQuery good =
                new AgentQuery(
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        Optional.of(Agent.Standing.Kind.GOOD),
                        Optional.empty(),
                        Optional.empty());
        return agents.agents(good, dev.remit.identity.Page.START, GivePage.MOST_AGENTS + 1).items();
    }

    private List<Pin> pins() {
        return tools.upstreams().stream()
                .sorted()
                .flatMap(one -> tools.tools().pins(one).stream())
                .toList();
    }

    /** Shows what a yes would give; nothing is given yet. */
    void card(Exchange exchange) {
        Optional<SignIns.Posted> posted = signIns.forForm(exchange, GIVING);
        if (posted.isEmpty()) {
            return; // answered
        }
        SignedIn who = posted.get().who();
        try {
            Assent assent = assents.keep(proposed(posted.get().form(), who), who.account());
            GivePage.card(who, assent, cards.write(assent.mandate(), clock.instant()))
                    .answer(exchange);
        } catch (ActRefused | IllegalArgumentException e) {
            Page.problem(
                            400,
                            "Not yet",
                            element("p", "Nothing is given: " + e.getMessage() + "."),
                            element("p", "Go back, and change it."))
                    .answer(exchange);
        }
    }

    private Mandate proposed(Form form, SignedIn who) {
        return grantor.propose(
                who.person(),
                agent(form.get(GivePage.AGENT).orElse("").strip()).id(),
                Chosen.read(form, pins()),
                Set.of(),
                Optional.of(
                        who.account().passkeys().isEmpty()
                                ? who.shown()
                                : Authentication.byPasskey(clock.instant()))); // as the yes will be
    }

    private Agent agent(String named) {
        Optional<Agent> found =
                named.startsWith("agt_") ? agents.agent(new AgentId(named)) : Optional.empty();
        return found.or(() -> agents.agentNamed(named))
                .filter(Agent::isGood)
                .orElseThrow(() -> new ActRefused("there is no such agent, or it is suspended"));
    }

    /** Asks the browser for a signature by one of the person's passkeys. */
    void challenge(Exchange exchange) {
        Optional<SignedIn> who = signIns.forScript(exchange, GIVING);
        if (who.isEmpty()) {
            return; // answered
        }
        Optional<Assent> assent = asked(exchange).flatMap(asked -> assent(asked, who.get()));
        if (assent.isEmpty() || !assent.get().isToBeSigned()) {
            signIns.turnAway(exchange, TurnedAway.CHALLENGE_UNKNOWN);
            return;
        }
        answer(exchange, assents.asked(assent.get(), who.get().account()));
    }

    /** Gives what the person's passkey signed. */
    void sign(Exchange exchange) {
        Optional<SignedIn> who = signIns.forScript(exchange, GIVING);
        if (who.isEmpty()) {
            return; // answered
        }
        Optional<Value.Fields> asked = asked(exchange);
        Optional<Assent> assent = asked.flatMap(one -> assent(one, who.get()));
        if (assent.isEmpty() || !assent.get().isToBeSigned()) {
            signIns.turnAway(exchange, TurnedAway.CHALLENGE_UNKNOWN);
            return;
        }
        Optional<MandateSignature> signature =
                asked.flatMap(one -> one.fields("credential"))
                        .flatMap(
                                credential ->
                                        Assents.answered(
                                                assent.get(), who.get().account(), credential));
        try {
            Mandate given =
                    grantor.give(
                            assent.get().mandate(),
                            signature.orElseThrow(() -> new ActRefused("no passkey of theirs")),
                            signIns.origin());
            assents.done(assent.get());
            answer(exchange, Value.object().put("to", MandatePage.path(given.id())).build());
        } catch (ActRefused e) {
            signIns.turnAway(exchange, TurnedAway.PASSKEY_REFUSED);
        }
    }

    private Optional<Assent> assent(Value.Fields asked, SignedIn who) {
        return asked.text(GivePage.REQUEST).flatMap(name -> assents.find(name, who.person().id()));
    }

    /** Gives what somebody without a passkey said yes to. */
    void give(Exchange exchange) {
        Optional<SignIns.Posted> posted =
                signIns.forForm(exchange, GIVING)
                        .filter(one -> isSure(exchange, one.who(), FRESH.plus(Assents.LIFE)));
        if (posted.isEmpty()) {
            return; // answered
        }
        SignedIn who = posted.get().who();
        Optional<Assent> assent =
                posted.get()
                        .form()
                        .get(GivePage.REQUEST)
                        .flatMap(name -> assents.find(name, who.person().id()))
                        .filter(one -> !one.isToBeSigned())
                        .filter(_ -> who.account().passkeys().isEmpty());
        if (assent.isEmpty()) {
            signIns.turnAway(exchange, TurnedAway.CHALLENGE_UNKNOWN);
            return;
        }
        try {
            Mandate given = grantor.give(assent.get().mandate());
            assents.done(assent.get());
            Page.redirect(exchange, signIns.origin() + MandatePage.path(given.id()));
        } catch (ActRefused e) {
            GivingEdge.refused(exchange, e);
        }
    }

    private static Optional<Value.Fields> asked(Exchange exchange) {
        try {
            return Optional.of(JsonReader.readFields(exchange.body(LONGEST_BODY)));
        } catch (MalformedJson e) {
            return Optional.empty();
        }
    }

    private static void answer(Exchange exchange, Value said) {
        Map<String, String> headers = new LinkedHashMap<>(Page.HEADERS);
        headers.put("Content-Type", "application/json");
        exchange.answer(200, headers, said.json().getBytes(StandardCharsets.UTF_8));
    }
}
