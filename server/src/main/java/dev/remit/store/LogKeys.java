package dev.remit.store;

import dev.remit.identity.Jwk;
import java.security.KeyPair;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The log's keys that this process holds whole. Which of them signs, the log says. */
public final class LogKeys {
    private final Map<Jwk, KeyPair> held = new ConcurrentHashMap<>();

    public LogKeys(KeyPair... keys) {
        this(List.of(keys));
    }

    public LogKeys(Collection<KeyPair> keys) {
        keys.forEach(this::hold);
    }

    /** Holds another one, before the log says that it signs. */
    public void hold(KeyPair keys) {
        held.put(Jwk.of(keys.getPublic()), keys);
    }

    Optional<KeyPair> of(Jwk key) {
        return Optional.ofNullable(held.get(key));
    }

    Collection<KeyPair> all() {
        return List.copyOf(held.values());
    }
}
