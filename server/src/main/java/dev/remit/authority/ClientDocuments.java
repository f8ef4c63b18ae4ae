package dev.remit.authority;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Clients' published documents, fetched when they are asked for and kept for a while. */
final class ClientDocuments {
    private static final Duration LIFE = Duration.ofHours(1);
    private static final int MOST = 10_000;

    private final Function<URI, Optional<byte[]>> fetch;
    private final boolean plainToo;
    private final Cache<URI, ClientDocument> kept =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(LIFE).build();

    /**
     * @param fetch gets a JSON document from an address that somebody else named
     * @param plainToo whether ids may be http; for a gateway on this machine alone
     */
    ClientDocuments(Function<URI, Optional<byte[]>> fetch, boolean plainToo) {
        this.fetch = fetch;
        this.plainToo = plainToo;
    }

    /** The document at this id; what cannot be had is not remembered. */
    Optional<ClientDocument> find(String id) {
        Optional<URI> uri = ClientDocument.id(id, plainToo);
        if (uri.isEmpty()) {
            return Optional.empty();
        }
        ClientDocument known = kept.getIfPresent(uri.get());
        if (known != null) {
            return Optional.of(known);
        }
        Optional<ClientDocument> read =
                fetch.apply(uri.get()).flatMap(json -> ClientDocument.read(uri.get(), json));
        read.ifPresent(one -> kept.put(uri.get(), one));
        return read;
    }
}
