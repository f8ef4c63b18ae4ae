package dev.remit.call;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object in the order they were written, never changed. Nearly every object
 * has a handful of them: those stand side by side and are found by looking at each, which costs
 * less than a hash table. More go into the JDK's own, which also bears names that were chosen to
 * collide.
 */
final class Members extends AbstractMap<String, Value> {
    private static final int FEW = 8;
    private static final Members NONE = new Members(new String[0], new Value[0]);

    private final String[] names;
    private final Value[] values;

    private Members(String[] names, Value[] values) {
        this.names = names;
        this.values = values;
    }

    /** The same fields as something that nobody can change. */
    static Map<String, Value> of(Map<String, Value> fields) {
        if (fields instanceof Members || fields instanceof Many) {
            return fields;
        }
        return new Gathering(fields).done();
    }

    @Override
    public int size() {
        return names.length;
    }

    @Override
    public @Nullable Value get(@Nullable Object name) {
        int at = at(names, names.length, name);
        return at < 0 ? null : values[at];
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return at(names, names.length, name) >= 0;
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super Value> action) {
        for (int i = 0; i < names.length; i++) {
            action.accept(names[i], values[i]);
        }
    }

    @Override
    public Set<Entry<String, Value>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return names.length;
            }

            @Override
            public Iterator<Entry<String, Value>> iterator() {
                return new Iterator<>() {
                    private int next;

                    @Override
                    public boolean hasNext() {
                        return next < names.length;
                    }

                    @Override
                    public Entry<String, Value> next() {
                        Entry<String, Value> entry = Map.entry(names[next], values[next]);
                        next++;
                        return entry;
                    }
                };
            }
        };
    }

    private static int at(@Nullable String[] names, int count, @Nullable Object name) {
        for (int i = 0; i < count; i++) {
            String one = names[i];
            if (one != null && one.equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** More than a handful. */
    private static final class Many extends AbstractMap<String, Value> {
        private final Map<String, Value> fields;

        Many(Map<String, Value> fields) {
            this.fields = Collections.unmodifiableMap(fields);
        }

        @Override
        public @Nullable Value get(@Nullable Object name) {
            return fields.get(name);
        }

        @Override
        public boolean containsKey(@Nullable Object name) {
            return fields.containsKey(name);
        }

        @Override
        public Set<Entry<String, Value>> entrySet() {
            return fields.entrySet();
        }
    }

    /** Collects fields. */
    static final class Gathering {
        private @Nullable String[] names = new String[FEW];
        private @Nullable Value[] values = new Value[FEW];
        private int count;
        private @Nullable Map<String, Value> many;

        Gathering() {}

        Gathering(Map<String, Value> fields) {
            fields.forEach(this::put);
        }

        /** Adds a field, or puts a new value in its place; says whether it was not there. */
        boolean put(String name, Value value) {
            if (many != null) {
                return many.put(name, value) == null;
            }
            int at = at(names, count, name);
            if (at >= 0) {
                values[at] = value;
                return false;
            }
            if (count == FEW) {
                many = new LinkedHashMap<>(done());
                many.put(name, value);
                return true;
            }
            names[count] = name;
            values[count++] = value;
            return true;
        }

        Map<String, Value> done() {
            if (many != null) {
                return new Many(new LinkedHashMap<>(many));
            }
            return count == 0
                    ? NONE
                    : new Members(Arrays.copyOf(names, count), Arrays.copyOf(values, count));
        }
    }
}
