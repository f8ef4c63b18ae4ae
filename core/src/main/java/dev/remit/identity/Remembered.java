package dev.remit.identity;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was worked out lately, bounded: when half the room is used up, what was not asked for since
 * is dropped.
 */
final class Remembered<K, V> {
    private final int half;
    private volatile ConcurrentHashMap<K, V> young = new ConcurrentHashMap<>();
    private volatile ConcurrentHashMap<K, V> old = new ConcurrentHashMap<>();

    Remembered(int most) {
        this.half = most / 2;
    }

    /** The value for the key; a null result is passed on and not remembered. */
    @Nullable V get(K key, Function<K, @Nullable V> work) {
        V value = young.get(key);
        if (value != null) {
            return value;
        }
        value = old.get(key);
        if (value == null) {
            value = work.apply(key);
        }
        if (value != null) {
            if (young.size() >= half) {
                old = young;
                young = new ConcurrentHashMap<>();
            }
            young.put(key, value);
        }
        return value;
    }
}
