package dev.remit.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a form or a query says; a name that occurs twice is refused, not chosen from. */
public record Form(Map<String, String> values) {
    public Form {
        values = Map.copyOf(values);
    }

    /** Reads {@code application/x-www-form-urlencoded}; empty if it cannot be read strictly. */
    public static Optional<Form> read(String text) {
        Map<String, String> values = new HashMap<>();
        if (text.isEmpty()) {
            return Optional.of(new Form(values));
        }
        try {
            for (String pair : text.split("&", -1)) {
                int is = pair.indexOf('=');
                String name = decode(is < 0 ? pair : pair.substring(0, is));
                if (values.put(name, is < 0 ? "" : decode(pair.substring(is + 1))) != null) {
                    return Optional.empty();
                }
            }
            return Optional.of(new Form(values));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String decode(String text) {
        boolean plain = text.indexOf('%') < 0 && text.indexOf('+') < 0; // as most that is long is
        return plain ? text : URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }
}
