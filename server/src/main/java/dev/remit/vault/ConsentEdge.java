package dev.remit.vault;

import dev.remit.http.Edge;
import dev.remit.http.Exchange;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.registry.ActRefused;
import dev.remit.session.SignedIn;
import dev.remit.web.SignIns;
import dev.remit.web.TurnedAway;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a person's browser comes back to from an upstream's authorization server, {@code GET
 * /credentials/callback}. What opens it is the state, once, for ten minutes, to the signed-in
 * person who began. Beside it is what the gateway says of itself to such servers.
 */
public final class ConsentEdge implements Edge {
    /** Its path. */
    public static final String PATH = "/credentials/callback";

    /** Where what the gateway says of itself as a client is; anybody may read it. */
    static final String DOCUMENT = "/credentials/client.json";

    private static final int LONGEST = 16 * 1024;

    private final Consents consents;
    private final SignIns signIns;

    public ConsentEdge(Consents consents, SignIns signIns) {
        this.consents = consents;
        this.signIns = signIns;
    }

    @Override
    public void answer(Exchange exchange) {
        if (SignIns.isAgents(exchange)) {
            signIns.turnAway(exchange, TurnedAway.AGENT_TOKEN);
            return;
        }
        if (exchange.method().equals("GET") && exchange.path().equals(DOCUMENT)) {
            publish(exchange);
            return;
        }
        if (!exchange.method().equals("GET") || !exchange.path().equals(PATH)) {
            say(exchange, 404, "There is nothing here.");
            return;
        }
        signIns.forPage(exchange, Set.of()).ifPresent(who -> finish(exchange, who));
    }

    private void publish(Exchange exchange) {
        exchange.answer(
                200,
                Map.of("Content-Type", "application/json", "X-Content-Type-Options", "nosniff"),
                consents.document().json().getBytes(StandardCharsets.UTF_8));
    }

    private void finish(Exchange exchange, SignedIn who) {
        Optional<Map<String, String>> query = query(exchange.query().orElse(""));
        Optional<String> state = query.map(all -> all.get("state"));
        Optional<String> code = query.map(all -> all.get("code"));
        if (state.isEmpty() || code.isEmpty()) {
            state.ifPresent(consents::giveUp);
            say(exchange, 400, "Nothing was agreed to. You can close this page.");
            return;
        }
        try {
            String upstream =
                    consents.finish(
                                    who.person().id(),
                                    state.get(),
                                    code.get(),
                                    query.map(all -> all.get("iss")))
                            .upstream();
            say(
                    exchange,
                    200,
                    "Done: Remit may now act for you at "
                            + upstream
                            + ". You can close this page.");
        } catch (ActRefused e) {
            say(exchange, 400, String.valueOf(e.getMessage()));
        } catch (LedgerUnavailable e) {
            say(exchange, 503, "It cannot be written down now. Begin again later.");
        }
    }

    /** The parameters; empty if one comes twice or cannot be read. */
    private static Optional<Map<String, String>> query(String query) {
        Map<String, String> parameters = new HashMap<>();
        if (query.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            for (String one : query.split("&")) {
                int end = one.indexOf('=');
                String name = end < 0 ? one : one.substring(0, end);
                String value = end < 0 ? "" : one.substring(end + 1);
                if (parameters.put(decoded(name), decoded(value)) != null) {
                    return Optional.empty();
                }
            }
            return Optional.of(parameters);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static void say(Exchange exchange, int status, String text) {
        exchange.answer(
                status,
                Map.of(
                        "Content-Type", "text/plain; charset=utf-8",
                        "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
                        "X-Content-Type-Options", "nosniff",
                        "Referrer-Policy", "no-referrer",
                        "Cache-Control", "no-store"),
                text.getBytes(StandardCharsets.UTF_8));
    }
}
