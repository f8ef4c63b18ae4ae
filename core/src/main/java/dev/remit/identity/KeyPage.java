package dev.remit.identity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All keys that one use has had.
 *
 * @param keys the oldest first; the last one signs
 */
public record KeyPage(KeyUse use, List<OwnKey> keys) {
    public KeyPage {
        keys = List.copyOf(keys);
    }

    public static KeyPage empty(KeyUse use) {
        return new KeyPage(use, List.of());
    }

    /** The one that signs; empty before the first is introduced. */
    public Optional<OwnKey> newest() {
        return keys.isEmpty() ? Optional.empty() : Optional.of(keys.getLast());
    }

    public boolean has(Jwk key) {
        return keys.stream().anyMatch(one -> one.key().equals(key));
    }

    /** The page once this key signs; earlier ones are replaced, or no longer taken at all. */
    public KeyPage with(Jwk key, Instant at, long entry, boolean refuseOlder) {
        List<OwnKey> next = new ArrayList<>();
        keys.forEach(one -> next.add(one.replaced(at, refuseOlder)));
        next.add(new OwnKey(use, keys.size() + 1L, key, at, entry, Optional.empty(), false));
        return new KeyPage(use, next);
    }
}
