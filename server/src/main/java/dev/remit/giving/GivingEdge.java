package dev.remit.giving;

import static dev.remit.web.Html.element;

import dev.remit.approval.QuestionBook;
import dev.remit.assent.Assents;
import dev.remit.call.ToolBook;
import dev.remit.http.Edge;
import dev.remit.http.Exchange;
import dev.remit.identity.AgentBook;
import dev.remit.mandate.MandateBook;
import dev.remit.mandate.Suggestions;
import dev.remit.registry.ActRefused;
import dev.remit.registry.Grantor;
import dev.remit.registry.RefusedCalls;
import dev.remit.registry.asked.Presenter;
import dev.remit.web.Html;
import dev.remit.web.Page;
import dev.remit.web.Routes;
import dev.remit.web.Routes.Route;
import dev.remit.web.Section;
import dev.remit.web.SignIns;
import java.time.InstantSource;
import java.util.List;

/** Where people give mandates and look after them; every route is in one table. */
public final class GivingEdge implements Edge {
    public static final String ROOT = Section.MANDATES.path();

    /** Before the id of a question: where whoever may answer it is led to it. */
    public static final String ASKED = ROOT + "/asked/";

    /** The first parts of its paths, for whoever hands out requests. */
    public static final List<String> ROOTS = List.of(ROOT, Section.APPROVALS.path());

    private final List<Route> all;
    private final Routes routes;

    /**
     * What the desks work with.
     *
     * @param upstreams the configured upstreams' names
     * @param presenter what people need to see of a question
     * @param suggestions what else a task's words may ask for
     */
    public record Tools(
            SignIns signIns,
            Grantor grantor,
            Assents assents,
            AgentBook agents,
            MandateBook mandates,
            ToolBook tools,
            List<String> upstreams,
            QuestionBook questions,
            Presenter presenter,
            RefusedCalls refused,
            Suggestions suggestions,
            InstantSource clock) {
        public Tools {
            upstreams = List.copyOf(upstreams);
        }
    }

    public GivingEdge(Tools tools) {
        GiveDesk give = new GiveDesk(tools);
        MandateDesk mandates = new MandateDesk(tools);
        AnswerDesk answers = new AnswerDesk(tools);
        InboxDesk inbox = new InboxDesk(tools);
        this.all =
                List.of(
                        new Route("GET", ROOT, mandates::list),
                        new Route("GET", ROOT + "/new", give::form),
                        new Route("POST", ROOT + "/new", give::card),
                        new Route("POST", ROOT + "/challenge", give.signing()::challenge),
                        new Route("POST", ROOT + "/passkey", give::sign),
                        new Route("POST", ROOT + "/give", give::give),
                        new Route("POST", ROOT + "/revoke", mandates::revoke),
                        new Route("POST", ROOT + "/complete", mandates::complete),
                        new Route("POST", ROOT + "/narrow", mandates::narrow),
                        new Route("POST", ROOT + "/widen", mandates::widen),
                        new Route("POST", ROOT + "/answer", answers::answer),
                        new Route("GET", ASKED, answers::lead),
                        new Route("GET", ROOT + "/", mandates::page),
                        new Route("GET", Section.APPROVALS.path(), inbox::page));
        this.routes = new Routes(tools.signIns(), all);
    }

    /** All routes, as {@code METHOD path}. */
    public List<String> routes() {
        return all.stream().map(route -> route.method() + " " + route.path()).toList();
    }

    @Override
    public void answer(Exchange exchange) {
        try {
            routes.answer(exchange);
        } catch (ActRefused e) {
            refused(exchange, e);
        }
    }

    /** Why an act was refused; nothing was done. */
    static void refused(Exchange exchange, ActRefused why) {
        Page.problem(
                        409,
                        "Not done",
                        element("p", "Nothing was done: " + why.getMessage() + "."),
                        element(
                                "p",
                                element("a", "What waits").with("href", Section.APPROVALS.path()),
                                Html.text(" · "),
                                element("a", "Mandates").with("href", ROOT)))
                .answer(exchange);
    }
}
