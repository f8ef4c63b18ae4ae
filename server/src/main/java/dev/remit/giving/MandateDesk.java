package dev.remit.giving;

import dev.remit.approval.Question;
import dev.remit.http.Exchange;
import dev.remit.identity.MandateId;
import dev.remit.identity.Role;
import dev.remit.mandate.CardWriter;
import dev.remit.mandate.MandateBook;
import dev.remit.mandate.Sheet;
import dev.remit.registry.ActRefused;
import dev.remit.registry.Grantor;
import dev.remit.session.SignedIn;
import dev.remit.web.Form;
import dev.remit.web.Page;
import dev.remit.web.Routes;
import dev.remit.web.Section;
import dev.remit.web.SignIns;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A person's mandates: what lives, what waits, each one's card; and their end. */
final class MandateDesk {
    static final Set<Role> LOOKING = Section.MANDATES.anyOf();
    private static final Set<Role> ENDING = Set.of(Role.PERSON);
    private static final int MOST = 200;

    private final SignIns signIns;
    private final Grantor grantor;
    private final MandateBook mandates;
    private final GivingEdge.Tools tools;
    private final CardWriter cards;
    private final InstantSource clock;

    MandateDesk(GivingEdge.Tools tools) {
        this.signIns = tools.signIns();
        this.grantor = tools.grantor();
        this.mandates = tools.mandates();
        this.tools = tools;
        this.cards = MandatePage.cards(tools);
        this.clock = tools.clock();
    }

    void list(Exchange exchange) {
        signIns.forPage(exchange, LOOKING)
                .ifPresent(
                        who -> {
                            List<Sheet> shown =
                                    seesAll(who)
                                            ? mandates.list(MOST)
                                            : mandates.given(who.person().id(), MOST);
                            MandatePage.list(who, shown, waiting(who), tools, clock.instant())
                                    .answer(exchange);
                        });
    }

    /** The questions that this person may answer. */
    private List<Question> waiting(SignedIn who) {
        Answerer by = new Answerer(who, clock.instant());
        return InboxDesk.waiting(by, tools, MOST).stream().filter(by::mayAnswer).toList();
    }

    void page(Exchange exchange) {
        Optional<SignedIn> who = signIns.forPage(exchange, LOOKING);
        if (who.isEmpty()) {
            return; // answered
        }
        String named = exchange.path().substring(GivingEdge.ROOT.length() + 1);
        Optional<Sheet> sheet =
                id(named).flatMap(mandates::find).filter(one -> mayLook(who.get(), one));
        if (sheet.isEmpty()) {
            Routes.notThere(exchange);
            return;
        }
        List<Question> waiting =
                waiting(who.get()).stream()
                        .filter(one -> one.mandate().equals(sheet.get().mandate().id()))
                        .toList();
        Instant now = clock.instant();
        new MandatePage(tools, who.get(), now)
                .of(
                        sheet.get(),
                        cards.write(sheet.get().mandate(), now),
                        waiting,
                        mayEnd(who.get(), sheet.get()))
                .answer(exchange);
    }

    /**
     * Somebody else's is shown to those who answer for others, and to those who read everything.
     */
    private static boolean mayLook(SignedIn who, Sheet sheet) {
        return isGiver(who, sheet) || who.has(Role.APPROVER) || seesAll(who);
    }

    private static boolean seesAll(SignedIn who) {
        return Section.SEEING_ALL.stream().anyMatch(who::has);
    }

    private static boolean mayEnd(SignedIn who, Sheet sheet) {
        return isGiver(who, sheet) && who.has(Role.PERSON);
    }

    private static boolean isGiver(SignedIn who, Sheet sheet) {
        return sheet.mandate().giver().id().equals(who.person().id());
    }

    private static Optional<MandateId> id(String text) {
        try {
            return Optional.of(new MandateId(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** An end, or another change, that its giver puts to it. */
    private interface Ending {
        void end(MandateId id, SignedIn who, Form form);
    }

    void revoke(Exchange exchange) {
        end(
                exchange,
                (id, who, form) -> {
                    String why = form.get(MandatePage.WHY).map(String::strip).orElse("");
                    String said = why.isEmpty() ? "revoked by " + who.person().name() : why;
                    grantor.revoke(id, said, who.person());
                });
    }

    void complete(Exchange exchange) {
        end(exchange, (id, who, _) -> grantor.complete(id, who.person()));
    }

    void narrow(Exchange exchange) {
        end(exchange, (id, who, form) -> grantor.narrow(id, ChangeHtml.kept(form), who.person()));
    }

    /** What gives more than there was needs somebody who showed who they are a moment ago. */
    void widen(Exchange exchange) {
        Optional<SignIns.Posted> posted = signIns.forForm(exchange, ENDING);
        if (posted.isPresent() && signIns.isFresh(exchange, posted.get().who(), Answerer.FRESH)) {
            end(
                    exchange,
                    posted.get(),
                    (id, who, form) ->
                            grantor.widen(id, List.of(ChangeHtml.more(form)), who.person()));
        }
    }

    private void end(Exchange exchange, Ending ending) {
        signIns.forForm(exchange, ENDING).ifPresent(posted -> end(exchange, posted, ending));
    }

    private void end(Exchange exchange, SignIns.Posted posted, Ending ending) {
        SignedIn who = posted.who();
        Form form = posted.form();
        Optional<Sheet> sheet =
                form.get(MandatePage.MANDATE)
                        .flatMap(MandateDesk::id)
                        .flatMap(mandates::find)
                        .filter(one -> mayEnd(who, one));
        if (sheet.isEmpty()) {
            Routes.notThere(exchange);
            return;
        }
        MandateId id = sheet.get().mandate().id();
        try {
            ending.end(id, who, form);
            Page.redirect(exchange, signIns.origin() + MandatePage.path(id));
        } catch (ActRefused e) {
            GivingEdge.refused(exchange, e);
        }
    }
}
