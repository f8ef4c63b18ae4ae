package dev.remit.main;

import dev.remit.call.Value;
import dev.remit.http.Edge;
import dev.remit.http.fetch.SafeFetch;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.store.PublishedLog;
import dev.remit.tlog.Cosigning;
import dev.remit.tlog.LogEdge;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What lets others check the ledger: its checkpoint and hashes for whoever asks, and witnesses. */
final class Evidence implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Evidence.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final PublishedLog log;
    private final Cosigning cosigning;
    private final Optional<Patrol> patrol;

    /** Asks the witnesses once, before anybody is served, and then every second. */
    Evidence(Config config, PublishedLog log, SafeFetch fetch, InstantSource clock) {
        this.log = log;
        this.cosigning = new Cosigning(log, config.witnesses(), fetch, clock);
        if (config.witnesses().isEmpty()) {
            patrol = Optional.empty();
            return;
        }
        round();
        patrol = Optional.of(new Patrol(Thread.ofVirtual().name("witnesses"), PAUSE, this::round));
    }

    private void round() {
        try {
            Map<String, Cosigning.Seen> before = cosigning.seen();
            cosigning.round();
            cosigning
                    .seen()
                    .forEach(
                            (name, now) -> {
                                Cosigning.Seen last = before.get(name);
                                if (last == null || !last.trouble().equals(now.trouble())) {
                                    tell(name, now.trouble());
                                }
                            });
        } catch (LedgerUnavailable e) {
            LOG.warn("the witnesses were not asked: {}", e.getMessage());
        }
    }

    private static void tell(String name, String trouble) {
        if (trouble.isEmpty()) {
            LOG.info("the witness {} cosigns", name);
        } else {
            LOG.warn("the witness {} does not cosign: {}", name, trouble);
        }
    }

    void open(Map<String, Edge> edges) {
        edges.put(LogEdge.PATH, new LogEdge(log::checkpoint, log::tile));
    }

    /** How the witnesses stand, by name; empty if there are none. */
    Optional<Value> witnesses() {
        if (patrol.isEmpty()) {
            return Optional.empty();
        }
        Value.Building all = Value.object();
        cosigning
                .seen()
                .forEach(
                        (name, seen) ->
                                all.put(
                                        name,
                                        Value.object()
                                                .put("cosigned", seen.size())
                                                .put("at", seen.at().toString())
                                                .put("trouble", seen.trouble())
                                                .build()));
        return Optional.of(all.build());
    }

    @Override
    public void close() {
        patrol.ifPresent(Patrol::close);
    }
}
