package dev.remit.people;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.http.Exchange;
import dev.remit.web.Page;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What our own scripts send and get. */
final class Answers {
    private static final int LONGEST_BODY = 64 * 1024;

    private Answers() {}

    static Optional<Value.Fields> asked(Exchange exchange) {
        try {
            return Optional.of(JsonReader.readFields(exchange.body(LONGEST_BODY)));
        } catch (MalformedJson e) {
            return Optional.empty();
        }
    }

    static void answer(Exchange exchange, Value said) {
        Map<String, String> headers = new LinkedHashMap<>(Page.HEADERS);
        headers.put("Content-Type", "application/json");
        exchange.answer(200, headers, said.json().getBytes(StandardCharsets.UTF_8));
    }

    /** Says where to go on. */
    static void goOn(Exchange exchange, String path) {
        answer(exchange, Value.object().put("to", path).build());
    }
}
