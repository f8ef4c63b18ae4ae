package dev.remit.tlog;

import dev.remit.call.Digest;
import dev.remit.http.Edge;
import dev.remit.http.Exchange;
import dev.remit.http.WebServer;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.ledger.witness.Submission;
import dev.remit.ledger.witness.Witness;
import dev.remit.ledger.witness.Witness.Answer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** A witness over HTTP (C2SP tlog-witness): submissions, and what it cosigned last of each log. */
public final class WitnessEdge implements Edge {
    private static final String ADD = "/add-checkpoint";
    private static final String CHECKPOINT = "/checkpoint";

    private final Witness witness;
    private final InstantSource clock;

    public WitnessEdge(Witness witness, InstantSource clock) {
        this.witness = witness;
        this.clock = clock;
    }

    @Override
    public void answer(Exchange exchange) {
        try {
            if (exchange.path().equals(ADD) && exchange.method().equals("POST")) {
                byte[] body = exchange.body(Submission.LONGEST);
                answer(
                        exchange,
                        witness.answer(new String(body, StandardCharsets.UTF_8), clock.instant()));
                return;
            }
            Optional<String> note =
                    exchange.method().equals("GET") ? latest(exchange.path()) : Optional.empty();
            note.ifPresentOrElse(
                    some -> send(exchange, 200, "text/plain; charset=utf-8", some),
                    () -> exchange.answer(404, WebServer.problem("there is nothing at this path")));
        } catch (LedgerUnavailable _) {
            exchange.answer(503, WebServer.problem("the witness cannot keep its records now"));
        }
    }

    /** Of the log whose name has this hash. */
    private Optional<String> latest(String path) {
        return witness.origins().stream()
                .filter(origin -> path.equals("/" + hash(origin) + CHECKPOINT))
                .findFirst()
                .flatMap(witness::latest);
    }

    static String hash(String origin) {
        return Digest.of(origin.getBytes(StandardCharsets.UTF_8)).hex();
    }

    private static void answer(Exchange exchange, Answer answer) {
        switch (answer) {
            case Answer.Cosigned(String lines) ->
                    send(exchange, 200, "text/plain; charset=utf-8", lines);
            case Answer.Elsewhere(long size) ->
                    send(exchange, 409, "text/x.tlog.size", size + "\n");
            case Answer.Malformed() ->
                    exchange.answer(400, WebServer.problem("this is no submission"));
            case Answer.UnknownLog() ->
                    exchange.answer(404, WebServer.problem("this log is not known here"));
            case Answer.Unsigned() ->
                    exchange.answer(403, WebServer.problem("no key known for the log signed it"));
            case Answer.Inconsistent() ->
                    exchange.answer(
                            422,
                            WebServer.problem("the log did not grow from what was cosigned last"));
        }
    }

    private static void send(Exchange exchange, int status, String type, String text) {
        exchange.answer(
                status,
                Map.of("Content-Type", type, "Cache-Control", "no-store"),
                text.getBytes(StandardCharsets.UTF_8));
    }
}
