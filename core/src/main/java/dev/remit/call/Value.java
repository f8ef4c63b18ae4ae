package dev.remit.call;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A JSON value (RFC 8259) as the whole product sees it: read once, judged, shown, hashed and sent
 * as this object.
 */
public sealed interface Value {

    /** A string; never holds an unpaired surrogate when it came out of {@link JsonReader}. */
    record Text(String value) implements Value {}

    /** A number by its decimal value: 1, 1.0 and 10e-1 are the same. */
    record Num(BigDecimal value) implements Value {
        public Num {
            value = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        }

        /**
         * Whether every receiver reads the same number: exactly representable as a double when
         * printed in shortest form (RFC 7493, section 2.2).
         */
        public boolean isInterchangeable() {
            if (value.scale() <= 0 && value.precision() - value.scale() <= 15) {
                return true;
            }
            double near = value.doubleValue();
            if (Double.isInfinite(near)) {
                return false;
            }
            boolean whole = value.scale() <= 0;
            if (whole && Math.abs(near) > 9_007_199_254_740_991.0) {
                return false;
            }
            return new BigDecimal(Double.toString(near)).compareTo(value) == 0;
        }
    }

    /** {@code true} or {@code false}. */
    record Flag(boolean value) implements Value {}

    /** {@code null}. */
    record Nothing() implements Value {}

    /** An array. */
    record Items(List<Value> values) implements Value {
        public Items {
            values = List.copyOf(values);
        }
    }

    /** An object; names are unique and keep the order in which they were written. */
    record Fields(Map<String, Value> values) implements Value {
        public static final Fields EMPTY = new Fields(Map.of());

        public Fields {
            values = Members.of(values);
        }

        public Optional<Value> get(String name) {
            return Optional.ofNullable(values.get(name));
        }

        public Optional<String> text(String name) {
            return values.get(name) instanceof Text(String text)
                    ? Optional.of(text)
                    : Optional.empty();
        }

        public Optional<Fields> fields(String name) {
            return values.get(name) instanceof Fields fields
                    ? Optional.of(fields)
                    : Optional.empty();
        }

        public List<Value> items(String name) {
            return values.get(name) instanceof Items(List<Value> items) ? items : List.of();
        }

        public OptionalLong whole(String name) {
            return values.get(name) instanceof Num(BigDecimal number)
                            && number.scale() <= 0
                            && number.precision() - number.scale() <= 18
                    ? OptionalLong.of(number.longValue())
                    : OptionalLong.empty();
        }

        public boolean flag(String name) {
            return values.get(name) instanceof Flag(boolean set) && set;
        }

        /** These fields with one more, or one replaced. */
        public Fields with(String name, Value value) {
            Members.Gathering copy = new Members.Gathering(values);
            copy.put(name, value);
            return new Fields(copy.done());
        }

        public Fields without(String name) {
            if (!values.containsKey(name)) {
                return this;
            }
            Members.Gathering rest = new Members.Gathering();
            values.forEach(
                    (other, value) -> {
                        if (!other.equals(name)) {
                            rest.put(other, value);
                        }
                    });
            return new Fields(rest.done());
        }
    }

    static Value of(String text) {
        return new Text(text);
    }

    static Value of(long number) {
        return new Num(BigDecimal.valueOf(number));
    }

    static Value of(boolean flag) {
        return new Flag(flag);
    }

    static Value ofTexts(Iterable<String> texts) {
        List<Value> values = new ArrayList<>();
        texts.forEach(text -> values.add(new Text(text)));
        return new Items(values);
    }

    /** Starts an object. */
    static Building object() {
        return new Building();
    }

    /** This value as compact JSON, names in the order they were written. */
    default String json() {
        return new String(JsonWriter.plain(this), StandardCharsets.UTF_8);
    }

    /** Collects an object's fields in order. */
    final class Building {
        private final Members.Gathering values = new Members.Gathering();

        private Building() {}

        public Building put(String name, Value value) {
            values.put(name, value);
            return this;
        }

        public Building put(String name, String value) {
            return put(name, Value.of(value));
        }

        public Building put(String name, long value) {
            return put(name, Value.of(value));
        }

        public Building put(String name, boolean value) {
            return put(name, Value.of(value));
        }

        public Building putIf(String name, Optional<? extends Value> value) {
            value.ifPresent(present -> values.put(name, present));
            return this;
        }

        public Fields build() {
            return new Fields(values.done());
        }
    }
}
