package dev.remit.authority;

import dev.remit.call.Value;
import dev.remit.http.Edge;
import dev.remit.http.Exchange;
import dev.remit.http.WebServer;
import dev.remit.passport.PassportOffice;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * What this gateway publishes as an issuer of passports, for everybody: its status lists, its DID
 * document and its keys.
 */
public final class PassportEdge implements Edge {
    public static final String LISTS = "/statuslists";
    public static final String DID = "/.well-known/did.json";
    public static final String METADATA = "/.well-known/jwt-vc-issuer";

    private final PassportOffice office;

    public PassportEdge(PassportOffice office) {
        this.office = office;
    }

    @Override
    public void answer(Exchange exchange) {
        if (!exchange.method().equals("GET")) {
            nothing(exchange);
            return;
        }
        switch (exchange.path()) {
            case DID -> document(exchange, office.didDocument());
            case METADATA -> document(exchange, office.metadata());
            default ->
                    list(exchange.path())
                            .ifPresentOrElse(text -> list(exchange, text), () -> nothing(exchange));
        }
    }

    private Optional<String> list(String path) {
        String number = path.substring(Math.min(path.length(), LISTS.length() + 1));
        return number.matches("0|[1-9][0-9]{0,8}")
                ? office.list(Long.parseLong(number))
                : Optional.empty();
    }

    private static void document(Exchange exchange, Value document) {
        exchange.answer(200, document);
    }

    private static void list(Exchange exchange, String text) {
        exchange.answer(
                200,
                Map.of("Content-Type", "application/statuslist+jwt", "Cache-Control", "max-age=60"),
                text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void nothing(Exchange exchange) {
        exchange.answer(404, WebServer.problem("there is nothing at this path"));
    }
}
