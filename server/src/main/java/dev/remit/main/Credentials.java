package dev.remit.main;

import dev.remit.gateway.upstream.UpstreamSettings;
import dev.remit.http.Edge;
import dev.remit.http.fetch.SafeFetch;
import dev.remit.identity.Origin;
import dev.remit.identity.PersonId;
import dev.remit.ledger.Ledger;
import dev.remit.store.EmbeddedStore;
import dev.remit.vault.ConsentEdge;
import dev.remit.vault.Consents;
import dev.remit.vault.CredentialActs;
import dev.remit.vault.Keeper;
import dev.remit.vault.SealedFolder;
import dev.remit.vault.Sealer;
import dev.remit.web.SignIns;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a gateway has for the upstreams' credentials, each part made once. */
final class Credentials {
    private final Keeper keeper;
    private final Optional<Consents> consents;
    private final Map<String, URI> reached;

    Credentials(
            Config config,
            Path data,
            Sealer sealer,
            EmbeddedStore store,
            Ledger ledger,
            SafeFetch fetch,
            InstantSource clock) {
        this.reached = reached(config);
        this.keeper =
                new Keeper(
                        store,
                        ledger,
                        sealer,
                        new SealedFolder(data.resolve("sealed")),
                        fetch,
                        Names::fresh,
                        clock);
        this.consents =
                config.peoplesOrigin()
                        .map(
                                origin ->
                                        new Consents(
                                                keeper,
                                                fetch,
                                                reached,
                                                URI.create(origin + ConsentEdge.PATH),
                                                Names::secret,
                                                clock));
    }

    Keeper keeper() {
        return keeper;
    }

    CredentialActs acts(PersonId operator) {
        return new CredentialActs(keeper, consents, reached, operator);
    }

    void open(Map<String, Edge> edges, SignIns signIns) {
        consents.ifPresent(all -> edges.put("/credentials", new ConsentEdge(all, signIns)));
    }

    /** Where the operator has Remit call anyway, and what the operator vouches for besides. */
    static Set<Origin> trusted(Config config) {
        Set<Origin> origins = new HashSet<>(config.trusted());
        reached(config).values().forEach(url -> origins.add(Origin.of(url)));
        config.providers().forEach(one -> origins.add(Origin.of(one.issuer())));
        config.witnesses().forEach(one -> origins.add(Origin.of(one.url())));
        config.intent().model().ifPresent(one -> origins.add(Origin.of(one.url())));
        return origins;
    }

    /** The upstreams that are reached over HTTP, by name. */
    private static Map<String, URI> reached(Config config) {
        Map<String, URI> urls = new HashMap<>();
        for (UpstreamSettings one : config.upstreams()) {
            if (one instanceof UpstreamSettings.Http http) {
                urls.put(http.name(), http.url());
            }
        }
        return urls;
    }
}
