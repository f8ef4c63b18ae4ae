package dev.remit.passport;

import java.net.URI;
import java.util.Optional;

/**
 * Documents that somebody outside publishes. Whoever implements it sees to it that only public
 * addresses are asked, over TLS, without redirects, and that size and time have an end.
 */
public interface Documents {
    /** The document, if it is there and of one of these media types. */
    Optional<byte[]> get(URI url, String... types);
}
