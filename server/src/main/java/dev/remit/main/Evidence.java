package dev.remit.main;

import dev.remit.http.Edge;
import dev.remit.store.EmbeddedStore;
import dev.remit.tlog.LogEdge;
import java.util.Map;

/** What lets others check the ledger: its checkpoint and hashes, for whoever asks. */
final class Evidence {
    private final EmbeddedStore store;

    Evidence(EmbeddedStore store) {
        this.store = store;
    }

    void open(Map<String, Edge> edges) {
        edges.put(
                LogEdge.PATH, new LogEdge(store.published()::checkpoint, store.published()::tile));
    }
}
