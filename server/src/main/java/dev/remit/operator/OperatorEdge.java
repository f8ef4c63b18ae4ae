package dev.remit.operator;

import dev.remit.call.Digest;
import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.http.Edge;
import dev.remit.http.Exchange;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.registry.ActRefused;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * The operator's door, {@code POST /operator/v1/…}, for the command line on the same machine. It
 * opens with the word in a file that only the gateway's own user can read; agents' tokens do not
 * open it.
 */
public final class OperatorEdge implements Edge {
    private static final int LONGEST_BODY = 1024 * 1024;
    private static final String PREFIX = "/operator/v1/";

    private final Digest word;
    private final Set<String> hosts;
    private final BiFunction<String, Value.Fields, Optional<Value>> acts;

    /**
     * @param hosts for which it opens; if empty, for all that the gateway is asked for
     * @param acts does an act by its name; empty if there is none of this name
     */
    public OperatorEdge(
            String word,
            Set<String> hosts,
            BiFunction<String, Value.Fields, Optional<Value>> acts) {
        this.word = hash(word);
        this.hosts = Set.copyOf(hosts);
        this.acts = acts;
    }

    @Override
    public void answer(Exchange exchange) {
        if (!isOperator(exchange)) {
            problem(exchange, 401, "this door opens only with the operator's word");
            return;
        }
        if (!isHere(exchange)) {
            problem(exchange, 403, "this door opens only by this machine's own name");
            return;
        }
        if (!exchange.method().equals("POST") || !exchange.path().startsWith(PREFIX)) {
            problem(exchange, 404, "there is no such act");
            return;
        }
        try {
            Value.Fields asked = JsonReader.readFields(exchange.body(LONGEST_BODY));
            Optional<Value> answer = acts.apply(exchange.path().substring(PREFIX.length()), asked);
            if (answer.isPresent()) {
                exchange.answer(200, answer.get());
            } else {
                problem(exchange, 404, "there is no such act");
            }
        } catch (MalformedJson e) {
            problem(exchange, 400, "the body cannot be read: " + e.getMessage());
        } catch (ActRefused e) {
            problem(exchange, 409, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException
                | NoSuchElementException
                | java.time.DateTimeException e) {
            problem(exchange, 400, String.valueOf(e.getMessage()));
        } catch (LedgerUnavailable e) {
            problem(
                    exchange,
                    503,
                    "nothing was done, since it cannot be written down: " + e.getMessage());
        }
    }

    /** A page in a browser has an origin, and no page is the operator's. */
    private boolean isHere(Exchange exchange) {
        return exchange.headers("Origin").isEmpty()
                && (hosts.isEmpty()
                        || exchange.header("Host")
                                .map(host -> host.toLowerCase(Locale.ROOT))
                                .filter(hosts::contains)
                                .isPresent());
    }

    private boolean isOperator(Exchange exchange) {
        return exchange.header("Authorization")
                .filter(header -> header.startsWith("Bearer "))
                .map(header -> hash(header.substring(7)).bytes())
                .filter(given -> MessageDigest.isEqual(given, word.bytes()))
                .isPresent();
    }

    private static Digest hash(String word) {
        return Digest.of(word.getBytes(StandardCharsets.UTF_8));
    }

    private static void problem(Exchange exchange, int status, String title) {
        exchange.answer(status, Value.object().put("title", title).build());
    }
}
