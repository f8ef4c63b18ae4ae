package dev.remit.access;

import dev.remit.call.CallId;
import dev.remit.call.Digest;
import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.ToolBook;
import dev.remit.call.Value;
import dev.remit.gate.Clerk;
import dev.remit.gate.Foresight;
import dev.remit.gate.Gate;
import dev.remit.http.BodyTooLarge;
import dev.remit.http.Challenge;
import dev.remit.http.Edge;
import dev.remit.http.Exchange;
import dev.remit.http.ExchangeBroken;
import dev.remit.http.StateSeal;
import dev.remit.http.WebServer;
import dev.remit.identity.AgentBook;
import dev.remit.identity.Authenticator;
import dev.remit.identity.Caller;
import dev.remit.identity.Doubt;
import dev.remit.identity.Introduction;
import dev.remit.ledger.Event;
import dev.remit.ledger.Ledger;
import dev.remit.ledger.LedgerUnavailable;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The decision API, at {@code /access/v1} (OpenID AuthZEN Authorization API 1.0). Who asks is known
 * before the body is read; the body is read once, strictly. No answer is ever a 500.
 */
public final class AccessEdge implements Edge {
    /** Where the metadata stands (section 9.2). */
    public static final String METADATA = "/.well-known/authzen-configuration";

    private static final Logger LOG = LoggerFactory.getLogger(AccessEdge.class);
    private static final String BASE = "/access/v1/";
    private static final int LONGEST_BODY = 1024 * 1024;
    private static final String REQUEST_ID = "X-Request-ID";

    private final Function<Exchange, Introduction> door;
    private final BiConsumer<Doubt, String> knocked;
    private final Ledger ledger;
    private final InstantSource clock;
    private final Supplier<CallId> ids;
    private final List<Point> points;
    private final Challenge challenge;
    private final Value.Fields metadata;
    private final DecisionDesk decisions;
    private final SearchDesk searches;

    /**
     * What an edge is made from.
     *
     * @param door says which agent asks
     * @param knocked writes down a request that nobody known made, or that was not put to the gate
     */
    public record Parts(
            Function<Exchange, Introduction> door,
            BiConsumer<Doubt, String> knocked,
            Authenticator authenticator,
            Gate gate,
            Foresight foresight,
            Clerk clerk,
            Ledger ledger,
            AgentBook agents,
            ToolBook tools,
            List<String> upstreams,
            StateSeal seal,
            Supplier<CallId> ids,
            InstantSource clock) {}

    /**
     * @param origin the gateway's own origin, as others reach it
     */
    public AccessEdge(Parts parts, List<Point> points, String origin) {
        this.door = parts.door();
        this.knocked = parts.knocked();
        this.ledger = parts.ledger();
        this.clock = parts.clock();
        this.ids = parts.ids();
        this.points = List.copyOf(points);
        this.challenge = new Challenge(origin);
        this.metadata = metadata(origin);
        Subjects subjects = new Subjects(parts.authenticator(), parts.agents(), clock);
        this.decisions =
                new DecisionDesk(
                        parts.gate(), parts.foresight(), subjects, this::unasked, ids, clock);
        this.searches =
                new SearchDesk(
                        parts.clerk(),
                        subjects,
                        parts.agents(),
                        parts.tools(),
                        parts.upstreams(),
                        new Pages(parts.seal(), clock));
    }

    private static Value.Fields metadata(String origin) {
        return Value.object()
                .put("policy_decision_point", origin)
                .put("access_evaluation_endpoint", origin + BASE + "evaluation")
                .put("access_evaluations_endpoint", origin + BASE + "evaluations")
                .put("search_subject_endpoint", origin + BASE + "search/subject")
                .put("search_resource_endpoint", origin + BASE + "search/resource")
                .put("search_action_endpoint", origin + BASE + "search/action")
                .build();
    }

    @Override
    public void answer(Exchange exchange) {
        exchange.header(REQUEST_ID)
                .filter(id -> id.matches("[\\x21-\\x7e]{1,200}"))
                .ifPresent(id -> exchange.addHeader(REQUEST_ID, id));
        if (exchange.path().equals(METADATA)) {
            if (isMethod(exchange, "GET")) {
                exchange.answer(200, metadata);
            }
            return;
        }
        Optional<Asker> asker = asker(exchange);
        if (asker.isPresent()) {
            serve(exchange, asker.get());
        }
    }

    /** A point by its token, an agent by its own; who is neither is told what is missing. */
    private Optional<Asker> asker(Exchange exchange) {
        Optional<Point> point = point(exchange);
        if (point.isPresent()) {
            return point.map(Asker.OfPoint::new);
        }
        return switch (door.apply(exchange)) {
            case Introduction.Known(Caller caller) -> Optional.of(new Asker.OfAgent(caller));
            case Introduction.Stranger(Doubt doubt) when doubt == Doubt.UNCHECKED -> {
                exchange.answer(503, WebServer.problem(doubt.sentence()));
                yield Optional.empty();
            }
            case Introduction.Stranger(Doubt doubt) -> {
                challenge.add(exchange, doubt);
                exchange.answer(Challenge.STATUS, WebServer.problem(doubt.sentence()));
                yield Optional.empty();
            }
        };
    }

    /** Every token is compared, so that how long it takes says nothing of any. */
    private Optional<Point> point(Exchange exchange) {
        Optional<Digest> sent =
                exchange.header("Authorization")
                        .filter(header -> header.regionMatches(true, 0, "Bearer ", 0, 7))
                        .filter(_ -> exchange.headers("DPoP").isEmpty())
                        .map(header -> Point.hash(header.substring(7).strip()));
        Optional<Point> found = Optional.empty();
        for (Point point : points) {
            if (sent.filter(point::has).isPresent()) {
                found = Optional.of(point);
            }
        }
        return found;
    }

    private void serve(Exchange exchange, Asker asker) {
        try {
            Optional<Function<Value.Fields, Value.Fields>> operation =
                    operation(asker, exchange.path());
            if (operation.isEmpty()) {
                exchange.answer(404, WebServer.problem("there is no such endpoint"));
                return;
            }
            if (isMethod(exchange, "POST")) {
                exchange.answer(200, operation.get().apply(request(exchange)));
            }
        } catch (Unreadable wrong) {
            record(asker, wrong, exchange.path());
            exchange.answer(wrong.status(), WebServer.problem(wrong.what()));
        } catch (LedgerUnavailable e) {
            exchange.answer(503, WebServer.problem("the books cannot be read now"));
        } catch (ExchangeBroken e) {
            throw e; // nobody is there any longer
        } catch (RuntimeException | Error e) {
            LOG.error("a question was not answered", e);
            exchange.answer(503, WebServer.problem(Doubt.UNCHECKED.sentence()));
        }
    }

    private Optional<Function<Value.Fields, Value.Fields>> operation(Asker asker, String path) {
        return Optional.ofNullable(
                switch (path) {
                    case BASE + "evaluation" ->
                            request -> decisions.decide(asker, Evaluation.read(request));
                    case BASE + "evaluations" -> request -> evaluations(asker, request);
                    case BASE + "search/subject" -> request -> searches.subjects(asker, request);
                    case BASE + "search/resource" -> request -> searches.resources(asker, request);
                    case BASE + "search/action" -> request -> searches.actions(asker, request);
                    default -> null;
                });
    }

    private Value.Fields evaluations(Asker asker, Value.Fields request) {
        return Evaluations.read(request)
                .map(all -> all.answer(one -> decisions.decide(asker, one)))
                .orElseGet(() -> decisions.decide(asker, Evaluation.read(request)));
    }

    private static boolean isMethod(Exchange exchange, String method) {
        boolean fits = exchange.method().equals(method);
        if (!fits) {
            exchange.addHeader("Allow", method);
            exchange.answer(405, WebServer.problem("this method is not served here"));
        }
        return fits;
    }

    private static Value.Fields request(Exchange exchange) {
        if (!exchange.isPlainJson()) {
            throw Unreadable.of("the body must be application/json in UTF-8, not encoded further");
        }
        try {
            return JsonReader.readFields(exchange.body(LONGEST_BODY));
        } catch (BodyTooLarge e) {
            throw Unreadable.tooLarge("the body is longer than " + LONGEST_BODY + " bytes");
        } catch (MalformedJson e) {
            throw Unreadable.of("the body cannot be read: " + e.getMessage());
        }
    }

    /** Writes down what was not read; the refusal stands in any case. */
    private void record(Asker asker, Unreadable wrong, String path) {
        switch (asker) {
            case Asker.OfPoint(Point point) ->
                    knocked.accept(Doubt.REQUEST_REFUSED, by(path, point));
            case Asker.OfAgent(Caller caller) -> {
                try {
                    ledger.append(
                            new Event.CallUnreadable(
                                    ids.get(),
                                    caller.instance().id(),
                                    caller.agent(),
                                    wrong.refusal().code(),
                                    wrong.what()),
                            clock.instant());
                } catch (LedgerUnavailable e) {
                    LOG.warn("a refusal could not be written down: {}", e.getMessage());
                }
            }
        }
    }

    private void unasked(Point point, Doubt doubt) {
        knocked.accept(doubt, by(BASE + "evaluation", point));
    }

    private static String by(String path, Point point) {
        return path + " by " + point.name();
    }
}
