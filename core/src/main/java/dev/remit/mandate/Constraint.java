package dev.remit.mandate;

import dev.remit.call.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one argument must be. Every test is total and takes time linear in the value. */
public sealed interface Constraint {
    /** Whether the value is as it must be; doubt is no. */
    boolean admits(Value value);

    /** This constraint as a person would say it after “must be”. */
    String said();

    /** Exactly this value. */
    record Exact(Value value) implements Constraint {
        @Override
        public boolean admits(Value given) {
            return value.equals(given);
        }

        @Override
        public String said() {
            return value.json();
        }
    }

    /** One of these values. */
    record OneOf(List<Value> values) implements Constraint {
        public OneOf {
            values = List.copyOf(values);
        }

        @Override
        public boolean admits(Value given) {
            return values.contains(given);
        }

        @Override
        public String said() {
            return "one of " + new Value.Items(values).json();
        }
    }

    /**
     * Text that the whole glob describes: {@code *} stands for any characters, {@code ?} for one.
     */
    record Pattern(Glob glob) implements Constraint {
        @Override
        public boolean admits(Value given) {
            return given instanceof Value.Text(String text) && glob.matches(text);
        }

        @Override
        public String said() {
            return "like `" + glob.text() + "`";
        }
    }

    /** A number from {@code least} to {@code most}, both included; one of them may be open. */
    record Range(Optional<BigDecimal> least, Optional<BigDecimal> most) implements Constraint {
        public Range {
            if (least.isEmpty() && most.isEmpty()) {
                throw new IllegalArgumentException("a range needs `min` or `max`");
            }
        }

        @Override
        public boolean admits(Value given) {
            return given instanceof Value.Num(BigDecimal number)
                    && least.map(bound -> number.compareTo(bound) >= 0).orElse(true)
                    && most.map(bound -> number.compareTo(bound) <= 0).orElse(true);
        }

        @Override
        public String said() {
            String from = least.map(bound -> "at least " + bound.toPlainString()).orElse("");
            String to = most.map(bound -> "at most " + bound.toPlainString()).orElse("");
            return from.isEmpty() || to.isEmpty() ? from + to : from + " and " + to;
        }
    }

    /**
     * A path at or below {@code root}, by its names alone: {@code .}, {@code ..}, empty names,
     * backslashes, percent signs and control characters are refused rather than resolved. What a
     * symbolic link points to is not seen.
     */
    record PathBelow(String root) implements Constraint {
        public PathBelow {
            if (names(root).isEmpty()) {
                throw new IllegalArgumentException("`" + root + "` is not a plain path");
            }
        }

        @Override
        public boolean admits(Value given) {
            if (!(given instanceof Value.Text(String path))
                    || path.startsWith("/") != root.startsWith("/")) {
                return false;
            }
            List<String> above = names(root).orElseThrow();
            return names(path)
                    .map(
                            names ->
                                    names.size() >= above.size()
                                            && names.subList(0, above.size()).equals(above))
                    .orElse(false);
        }

        @Override
        public String said() {
            return "a path at or below `" + root + "`";
        }

        private static Optional<List<String>> names(String path) {
            String plain = path.startsWith("/") ? path.substring(1) : path;
            plain = plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain;
            List<String> names = new ArrayList<>();
            if (plain.isEmpty()) {
                return path.equals("/") ? Optional.of(names) : Optional.empty();
            }
            for (String name : plain.split("/", -1)) {
                boolean odd = name.isEmpty() || name.equals(".") || name.equals("..");
                if (odd
                        || name.chars()
                                .anyMatch(c -> c < ' ' || c == 0x7f || c == '\\' || c == '%')) {
                    return Optional.empty();
                }
                names.add(name);
            }
            return Optional.of(names);
        }
    }

    /** Anything at all. */
    record Any() implements Constraint {
        @Override
        public boolean admits(Value given) {
            return true;
        }

        @Override
        public String said() {
            return "anything";
        }
    }

    /** A constraint this version does not know, kept as it was written; it admits nothing. */
    record Unrecognised(Value written) implements Constraint {
        @Override
        public boolean admits(Value given) {
            return false;
        }

        @Override
        public String said() {
            return "something this version of Remit does not know: " + written.json();
        }
    }
}
