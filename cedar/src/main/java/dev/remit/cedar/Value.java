package dev.remit.cedar;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A value of the language (Cedar: bool, long, string, entity, set, record, and the extension types
 * decimal, ipaddr, datetime, duration). Two values are equal exactly if Cedar's {@code ==} says so.
 */
public sealed interface Value
        permits Value.Bool,
                Value.Whole,
                Value.Text,
                Value.Elements,
                Value.Fields,
                Uid,
                Decimal,
                Ip,
                Datetime,
                Duration {
    /** Deeper values are refused, so that comparing two never exhausts the stack. */
    int DEEPEST = 64;

    /** The largest set or record taken from outside. */
    int LARGEST = 100_000;

    /** Its type in Cedar's words, for errors. */
    String kind();

    /** How many sets and records lie within one another. */
    default int depth() {
        return 0;
    }

    /** True or false. */
    enum Bool implements Value {
        FALSE,
        TRUE;

        /** The one of the two that says so. */
        public static Bool of(boolean value) {
            return value ? TRUE : FALSE;
        }

        @Override
        public String kind() {
            return "bool";
        }
    }

    /** A 64-bit integer (Cedar: long). */
    record Whole(long value) implements Value, Comparable<Whole> {
        @Override
        public String kind() {
            return "long";
        }

        @Override
        public int compareTo(Whole other) {
            return Long.compare(value, other.value);
        }
    }

    /** A text (Cedar: string). */
    record Text(String value) implements Value, Comparable<Text> {
        @Override
        public String kind() {
            return "string";
        }

        @Override
        public int compareTo(Text other) {
            return value.compareTo(other.value);
        }
    }

    /** A set: no order, nothing twice. */
    final class Elements implements Value {
        private final Set<Value> values;
        private final int depth;

        Elements(Collection<Value> values) {
            this.values = Collections.unmodifiableSet(new HashSet<>(values));
            this.depth = 1 + deepest(values);
        }

        /** What is in it. */
        public Set<Value> values() {
            return values;
        }

        @Override
        public String kind() {
            return "set";
        }

        @Override
        public int depth() {
            return depth;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Elements that && values.equals(that.values);
        }

        @Override
        public int hashCode() {
            return values.hashCode();
        }

        @Override
        public String toString() {
            return values.toString();
        }
    }

    /** A record: values by name. */
    final class Fields implements Value {
        private static final Fields NONE = new Fields(Map.of());

        private final Map<String, Value> values;
        private final int depth;

        Fields(Map<String, Value> values) {
            this.values = Collections.unmodifiableMap(new HashMap<>(values));
            this.depth = 1 + deepest(values.values());
        }

        /** The record without fields. */
        public static Fields none() {
            return NONE;
        }

        /** Its values by name. */
        public Map<String, Value> values() {
            return values;
        }

        @Override
        public String kind() {
            return "record";
        }

        @Override
        public int depth() {
            return depth;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Fields that && values.equals(that.values);
        }

        @Override
        public int hashCode() {
            return values.hashCode();
        }

        @Override
        public String toString() {
            return values.toString();
        }
    }

    /** A set from outside. */
    static Elements set(Collection<Value> values) {
        checked(values);
        return new Elements(values);
    }

    /** A record from outside. */
    static Fields fields(Map<String, Value> values) {
        checked(values.values());
        return new Fields(values);
    }

    private static void checked(Collection<Value> values) {
        if (values.size() > LARGEST) {
            throw new IllegalArgumentException(
                    "a set or record has more than " + LARGEST + " values");
        }
        if (deepest(values) >= DEEPEST) {
            throw new IllegalArgumentException("a value is nested deeper than " + DEEPEST);
        }
    }

    private static int deepest(Collection<Value> values) {
        int deepest = 0;
        for (Value one : values) {
            deepest = Math.max(deepest, one.depth());
        }
        return deepest;
    }
}
