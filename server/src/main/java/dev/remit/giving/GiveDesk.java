package dev.remit.giving;

import dev.remit.assent.Assents;
import dev.remit.assent.Assents.Assent;
import dev.remit.assent.Signing;
import dev.remit.decision.intent.Plan;
import dev.remit.http.Exchange;
import dev.remit.identity.Authentication;
import dev.remit.identity.Role;
import dev.remit.mandate.Card;
import dev.remit.mandate.CardWriter;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Suggestions;
import dev.remit.registry.ActRefused;
import dev.remit.registry.Grantor;
import dev.remit.session.SignedIn;
import dev.remit.web.Page;
import dev.remit.web.SignIns;
import dev.remit.web.TurnedAway;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/** Where a person says what an agent may, sees it as a card, and says yes. */
final class GiveDesk {
    private static final Set<Role> GIVING = Set.of(Role.PERSON);

    /** How lately somebody without a passkey must have signed in to begin, and to say yes. */
    private static final Duration FRESH = Duration.ofMinutes(5);

    private final SignIns signIns;
    private final Grantor grantor;
    private final Assents assents;
    private final Signing signing;
    private final Drafts drafts;
    private final CardWriter cards;
    private final Suggestions suggestions;
    private final InstantSource clock;

    GiveDesk(GivingEdge.Tools tools) {
        this.signIns = tools.signIns();
        this.grantor = tools.grantor();
        this.assents = tools.assents();
        this.signing = new Signing(signIns, assents, GIVING);
        this.drafts = new Drafts(tools);
        this.cards = MandatePage.cards(tools);
        this.suggestions = tools.suggestions();
        this.clock = tools.clock();
    }

    Signing signing() {
        return signing;
    }

    void form(Exchange exchange) {
        signIns.forPage(exchange, GIVING)
                .filter(who -> isSure(exchange, who, FRESH))
                .ifPresent(who -> drafts.begin(who, exchange.query()).answer(exchange));
    }

    /** Who has a passkey shows it with the yes; anybody else must have signed in lately. */
    private boolean isSure(Exchange exchange, SignedIn who, Duration most) {
        return !who.account().passkeys().isEmpty() || signIns.isFresh(exchange, who, most);
    }

    /** Shows what a yes would give; nothing is given yet. */
    void card(Exchange exchange) {
        Optional<SignIns.Posted> posted = signIns.forForm(exchange, GIVING);
        if (posted.isEmpty()) {
            return; // answered
        }
        SignedIn who = posted.get().who();
        Typed typed = new Typed(posted.get().form());
        if (typed.has(GivePage.CHANGE)) {
            drafts.form(who, typed, Optional.empty()).answer(exchange);
            return;
        }
        try {
            Mandate proposed = proposed(typed, who);
            Card card = cards.write(proposed, clock.instant());
            Assent assent = assents.keep(proposed, card, "", who.account());
            GivePage.card(who, assent, card, typed, Plan.suggested(proposed, suggestions))
                    .answer(exchange);
        } catch (ActRefused | IllegalArgumentException e) {
            drafts.form(who, typed, Optional.of(String.valueOf(e.getMessage()))).answer(exchange);
        }
    }

    private Mandate proposed(Typed typed, SignedIn who) {
        return grantor.propose(
                who.person(),
                drafts.agent(typed).id(),
                drafts.read(who, typed),
                Set.of(),
                Optional.of(
                        who.account().passkeys().isEmpty()
                                ? who.shown()
                                : Authentication.byPasskey(clock.instant()))); // as the yes will be
    }

    /** Gives what the person's passkey signed. */
    void sign(Exchange exchange) {
        Optional<Signing.Signed> signed = signing.signed(exchange);
        if (signed.isEmpty()) {
            return; // answered
        }
        Assent assent = signed.get().assent();
        try {
            if (!isAsSeen(assent)) {
                signIns.turnAway(exchange, TurnedAway.CARD_CHANGED);
                return;
            }
            Mandate given =
                    grantor.give(assent.mandate(), signed.get().signature(), signIns.origin());
            signing.done(exchange, signed.get(), MandatePage.path(given.id()));
        } catch (ActRefused e) { // a ceiling, a template or the agent has changed this moment
            signIns.turnAway(exchange, TurnedAway.CARD_CHANGED);
        }
    }

    private boolean isAsSeen(Assent assent) {
        return assent.isAsSeen(cards.write(assent.mandate(), clock.instant()));
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
        if (!isAsSeen(assent.get())) {
            signIns.turnAway(exchange, TurnedAway.CARD_CHANGED);
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
}
