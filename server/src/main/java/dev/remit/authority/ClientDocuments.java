package dev.remit.authority;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.remit.passport.Documents;
import dev.remit.passport.KeyRing;
import dev.remit.passport.KeySource;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Clients' published documents, fetched when they are asked for and kept for a while. */
final class ClientDocuments {
    private static final Duration LIFE = Duration.ofHours(1);
    private static final int MOST = 10_000;

    private final Documents documents;
    private final boolean plainToo;
    private final Cache<URI, ClientDocument> kept =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(LIFE).build();
    private final Cache<KeySource, KeyRing> rings =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(LIFE).build();

    /**
     * @param plainToo whether ids may be http; for a gateway on this machine alone
     */
    ClientDocuments(Documents documents, boolean plainToo) {
        this.documents = documents;
        this.plainToo = plainToo;
    }

    /** The keys that a document names; those at an address are fetched when one is needed. */
    KeyRing ring(KeySource keys) {
        return rings.get(keys, source -> new KeyRing(source, documents));
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
                documents
                        .get(uri.get(), "application/json")
                        .flatMap(json -> ClientDocument.read(uri.get(), json));
        read.ifPresent(one -> kept.put(uri.get(), one));
        return read;
    }
}
