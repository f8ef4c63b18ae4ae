package dev.remit.authority;

import dev.remit.assent.Assents;
import dev.remit.assent.Assents.Assent;
import dev.remit.assent.Signing;
import dev.remit.call.ToolBook;
import dev.remit.decision.intent.Plan;
import dev.remit.http.Exchange;
import dev.remit.identity.Authentication;
import dev.remit.mandate.Card;
import dev.remit.mandate.CardWriter;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Proposal;
import dev.remit.registry.ActRefused;
import dev.remit.session.SignedIn;
import dev.remit.web.SignIns;
import dev.remit.web.TurnedAway;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Where somebody who has a passkey says yes to what a client asks for: the mandate is fixed when
 * its card is shown, and what the passkey signed is what is given.
 */
final class SigningDesk {
    private final SignIns signIns;
    private final Assents assents;
    private final Signing signing;
    private final WaitingRequests waiting;
    private final Consents consents;
    private final Answering answering;
    private final ToolBook tools;
    private final InstantSource clock;

    SigningDesk(
            SignIns signIns,
            Assents assents,
            WaitingRequests waiting,
            Consents consents,
            Answering answering,
            ToolBook tools,
            InstantSource clock) {
        this.signIns = signIns;
        this.assents = assents;
        this.signing = new Signing(signIns, assents, ConsentDesk.ANSWERING);
        this.waiting = waiting;
        this.consents = consents;
        this.answering = answering;
        this.tools = tools;
        this.clock = clock;
    }

    /** A mandate that waits for its giver's passkey, and what they are shown of it. */
    record Shown(Assent assent, Card card) {}

    /**
     * Fixes what this person would give.
     *
     * @throws ActRefused if nobody may give it
     */
    Shown show(WaitingRequests.Waiting asked, Proposal wish, SignedIn who) {
        Mandate proposed = consents.propose(asked.request(), wish, who, signIn(asked, who));
        Card card = card(asked, proposed);
        return new Shown(assents.keep(proposed, card, asked.name(), who.account()), card);
    }

    /** The yes is by passkey; unless another way was asked for, which they have used. */
    private Authentication signIn(WaitingRequests.Waiting asked, SignedIn who) {
        Authentication byPasskey = Authentication.byPasskey(clock.instant());
        return asked.request().demand().isMetBy(byPasskey, asked.since()) ? byPasskey : who.shown();
    }

    Card card(WaitingRequests.Waiting asked, Mandate mandate) {
        String client = consents.nameOf(asked.request().client());
        return new CardWriter(tools, _ -> client, Plan::understood).write(mandate, clock.instant());
    }

    SignIns signIns() {
        return signIns;
    }

    void challenge(Exchange exchange) {
        signing.challenge(exchange);
    }

    void sign(Exchange exchange) {
        Optional<Signing.Signed> signed = signing.signed(exchange);
        if (signed.isEmpty()) {
            return; // answered
        }
        SignedIn who = signed.get().who();
        Assent assent = signed.get().assent();
        Optional<WaitingRequests.Waiting> asked =
                waiting.find(assent.asked(), who.person().id())
                        .filter(one -> consents.isOpen(one.request()))
                        .filter(one -> one.request().demand().isMetBy(who.shown(), one.since()));
        if (asked.isEmpty()) {
            signIns.turnAway(exchange, TurnedAway.CHALLENGE_UNKNOWN);
        } else if (!assent.isAsSeen(card(asked.get(), assent.mandate()))) {
            signIns.turnAway(exchange, TurnedAway.CARD_CHANGED);
        } else {
            give(exchange, signed.get());
        }
    }

    /** Only one answer gets the request; one that comes to nothing leaves it waiting. */
    private void give(Exchange exchange, Signing.Signed signed) {
        Assent assent = signed.assent();
        Optional<WaitingRequests.Waiting> taken =
                waiting.take(assent.asked(), signed.who().person().id());
        if (taken.isEmpty()) {
            signIns.turnAway(exchange, TurnedAway.CHALLENGE_UNKNOWN);
            return;
        }
        Optional<String> to;
        try {
            to =
                    answering.yes(
                            taken.get(),
                            assent.mandate(),
                            Optional.of(signed.signature()),
                            signed.who());
        } catch (ActRefused e) { // a ceiling, a template or the agent has changed this moment
            waiting.putBack(taken.get());
            signIns.turnAway(exchange, TurnedAway.CARD_CHANGED);
            return;
        }
        signing.done(exchange, signed, to.orElse(RequestPages.given(assent.mandate().id())));
    }
}
