package dev.remit.http.fetch;

import dev.remit.identity.Origin;
import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A URL from outside, read strictly: its host is a name or an address in its one usual form. */
record Target(URI url, Origin origin, Optional<InetAddress> literal) {
    private static final int LONGEST = 2_000;
    private static final Pattern NAME =
            Pattern.compile(
                    "(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern V4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");
    private static final Pattern V6 = Pattern.compile("\\[[0-9a-fA-F:.]+\\]");

    /**
     * Reads a URL; empty if it is not one that is ever asked.
     *
     * @param trusted origins that may be plain
     */
    static Optional<Target> of(URI url, Set<Origin> trusted) {
        String host = url.getHost();
        boolean whole =
                host != null
                        && url.toString().length() <= LONGEST
                        && url.getRawUserInfo() == null
                        && url.getRawFragment() == null
                        && url.getPort() != 0
                        && url.getPort() <= 65_535;
        if (!whole || host == null) {
            return Optional.empty();
        }
        try {
            Origin origin = Origin.of(url);
            boolean plainHere = origin.isLoopback() && trusted.contains(origin);
            if (!origin.isTls() && !plainHere) {
                return Optional.empty();
            }
            if (V6.matcher(host).matches()) {
                return Optional.of(new Target(url, origin, literal(inner(host))));
            }
            if (V4.matcher(host).matches()) {
                return Optional.of(new Target(url, origin, literal(host)));
            }
            return NAME.matcher(origin.host()).matches()
                    ? Optional.of(new Target(url, origin, Optional.empty()))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String inner(String host) {
        return host.substring(1, host.length() - 1);
    }

    private static Optional<InetAddress> literal(String text) {
        return Optional.of(InetAddress.ofLiteral(text));
    }

    String pathAndQuery() {
        String path =
                url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return path + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
    }
}
