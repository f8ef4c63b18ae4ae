package dev.remit.identity;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/** Scheme, host and port (RFC 6454, section 4): what a credential is bound to. */
public record Origin(String scheme, String host, int port) {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

    public Origin {
        scheme = scheme.toLowerCase(Locale.ROOT);
        host = host.toLowerCase(Locale.ROOT);
        boolean known = scheme.equals("http") || scheme.equals("https");
        if (!known || !host.matches("[0-9a-z._:\\[\\]-]{1,255}") || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("an origin is http(s)://host[:port]");
        }
    }

    /** The origin of a URL. */
    public static Origin of(URI url) {
        String scheme = url.getScheme();
        String host = url.getHost();
        if (scheme == null || host == null) {
            throw new IllegalArgumentException("an origin is http(s)://host[:port]");
        }
        boolean tls = scheme.toLowerCase(Locale.ROOT).equals("https");
        return new Origin(scheme, host, url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80);
    }

    /** Whether what is sent there can be read by nobody on the way. */
    public boolean isPrivate() {
        return scheme.equals("https") || isLoopback();
    }

    public boolean isLoopback() {
        return LOOPBACK.contains(host);
    }

    public boolean isTls() {
        return scheme.equals("https");
    }

    @Override
    public String toString() {
        return scheme + "://" + host + ":" + port;
    }
}
