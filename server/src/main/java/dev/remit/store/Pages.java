package dev.remit.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * One book: values by key, as the durable log says they are.
 *
 * <p>A change is first <em>staged</em>, seen only by the thread that writes the log; once its
 * entries are durable it is committed and seen by everybody; in time it is saved to the database,
 * and from then on memory holds it only while the cache has room. Readers look in that order, so
 * that none can see an older value than one it has seen.
 */
final class Pages<K, V> {

    /** A value and the place in the log of the entry that first put it there. */
    record Row<V>(V value, long since) {}

    private final Map<K, Optional<Row<V>>> staged = new HashMap<>(); // the writing thread's own
    private final Map<K, Optional<Row<V>>> unsaved = new ConcurrentHashMap<>();
    private final Cache<K, Optional<Row<V>>> saved; // and that there is none
    private final Optional<Function<K, Optional<Row<V>>>> load;

    Pages(long most, Function<K, Optional<Row<V>>> load) {
        this(most, Optional.of(load));
    }

    private Pages(long most, Optional<Function<K, Optional<Row<V>>>> load) {
        this.saved = Caffeine.newBuilder().maximumSize(most).executor(Runnable::run).build();
        this.load = load;
    }

    /** A book that is in memory as a whole, so that what is not in it costs no look at the disk. */
    static <K, V> Pages<K, V> whole(Map<K, Optional<Row<V>>> rows) {
        Pages<K, V> all = new Pages<>(Long.MAX_VALUE, Optional.empty());
        all.saved(rows);
        return all;
    }

    /** The committed value. */
    Optional<V> get(K key) {
        return committed(key).map(Row::value);
    }

    /** The value with what is staged; for the writing thread. */
    Optional<V> staged(K key) {
        return stagedRow(key).map(Row::value);
    }

    void stage(K key, V value, long index) {
        long since = stagedRow(key).map(Row::since).orElse(index);
        staged.put(key, Optional.of(new Row<>(value, since)));
    }

    void stageRemoval(K key) {
        staged.put(key, Optional.empty());
    }

    void commit() {
        if (!staged.isEmpty()) {
            unsaved.putAll(staged);
            staged.clear();
        }
    }

    void discard() {
        staged.clear();
    }

    /** Everything committed and not saved. */
    Map<K, Optional<Row<V>>> unsaved() {
        return new HashMap<>(unsaved);
    }

    /** Says that these are in the database now. */
    void saved(Map<K, Optional<Row<V>>> rows) {
        rows.forEach(
                (key, row) -> {
                    row.ifPresentOrElse(_ -> saved.put(key, row), () -> saved.invalidate(key));
                    unsaved.remove(key, row);
                });
    }

    /** What the database holds of a value, if that is in memory. */
    Optional<Row<V>> savedIfKnown(K key) {
        return Optional.ofNullable(saved.getIfPresent(key)).flatMap(Function.identity());
    }

    private Optional<Row<V>> stagedRow(K key) {
        Optional<Row<V>> change = staged.isEmpty() ? null : staged.get(key);
        return change != null ? change : committed(key);
    }

    private Optional<Row<V>> committed(K key) {
        Optional<Row<V>> change = unsaved.get(key);
        if (change != null) {
            return change;
        }
        Optional<Row<V>> known = saved.getIfPresent(key);
        if (known != null || load.isEmpty()) {
            return known == null ? Optional.empty() : known;
        }
        // The cache lets no other thread touch the key meanwhile: a save comes before or after.
        return saved.get(key, load.get());
    }
}
