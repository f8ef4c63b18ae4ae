package dev.remit.web;

import dev.remit.http.Exchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cookies (RFC 6265bis): for this host alone, never seen by a script. Under https their names begin
 * with {@code __Host-}, so that no neighbouring host can set one.
 */
public final class Cookies {
    private final boolean secure;

    public Cookies(boolean secure) {
        this.secure = secure;
    }

    /** A cookie's value; none if it came twice, since one of the two is somebody else's. */
    public Optional<String> read(Exchange exchange, String name) {
        List<String> found = new ArrayList<>();
        String prefix = named(name) + "=";
        for (String header : exchange.headers("Cookie")) {
            for (String pair : header.split(";", -1)) {
                if (pair.strip().startsWith(prefix)) {
                    found.add(pair.strip().substring(prefix.length()));
                }
            }
        }
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    public void set(Exchange exchange, String name, String value, Duration life) {
        exchange.addHeader(
                "Set-Cookie",
                named(name)
                        + "="
                        + value
                        + "; Path=/; HttpOnly; SameSite=Lax; Max-Age="
                        + life.toSeconds()
                        + (secure ? "; Secure" : ""));
    }

    public void clear(Exchange exchange, String name) {
        set(exchange, name, "", Duration.ZERO);
    }

    private String named(String name) {
        return secure ? "__Host-remit-" + name : "remit-" + name;
    }
}
