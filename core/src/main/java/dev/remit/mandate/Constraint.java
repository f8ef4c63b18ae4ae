package dev.remit.mandate;

import dev.remit.call.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** What one argument must be. Every test is total and takes time linear in the value. */
public sealed interface Constraint {
    /** Whether the value is as it must be; doubt is no. */
    boolean admits(Value value);

    /** This constraint as a person would say it after “must be”. */
    String said();

    /**
     * Whether all that this admits, the other admits too. It says so only where that can be seen;
     * doubt is no.
     */
    default boolean isWithin(Constraint other) {
        if (this instanceof Unrecognised) {
            return false;
        }
        if (other instanceof Any || equals(other)) {
            return true;
        }
        return switch (this) {
            case Exact(Value value) -> other.admits(value);
            case OneOf(List<Value> values) -> values.stream().allMatch(other::admits);
            case Pattern(Glob glob) -> glob.isExact() && other.admits(Value.of(glob.text()));
            case Range range -> other instanceof Range wider && range.isInside(wider);
            case PathBelow(String root) ->
                    other instanceof PathBelow wider && wider.admits(Value.of(root));
            case Any _, Unrecognised _ -> false;
        };
    }

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

        private boolean isInside(Range wider) {
            boolean above =
                    wider.least.isEmpty()
                            || least.filter(one -> one.compareTo(wider.least.get()) >= 0)
                                    .isPresent();
            boolean below =
                    wider.most.isEmpty()
                            || most.filter(one -> one.compareTo(wider.most.get()) <= 0).isPresent();
            return above && below;
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
            if (!isPlain(root)) {
                throw new IllegalArgumentException("`" + root + "` is not a plain path");
            }
        }

        @Override
        public boolean admits(Value given) {
            if (!(given instanceof Value.Text(String path))
                    || path.startsWith("/") != root.startsWith("/")
                    || !isPlain(path)) {
                return false;
            }
            int above = end(root);
            return path.regionMatches(0, root, 0, above)
                    && (end(path) == above || path.charAt(above) == '/');
        }

        @Override
        public String said() {
            return "a path at or below `" + root + "`";
        }

        private static boolean isPlain(String path) {
            int first = path.startsWith("/") ? 1 : 0;
            int end = end(path);
            if (end <= first) {
                return path.equals("/");
            }
            int name = first;
            for (int at = first; at <= end; at++) {
                char c = at == end ? '/' : path.charAt(at);
                if (c == '/') {
                    if (isOdd(path, name, at)) {
                        return false;
                    }
                    name = at + 1;
                } else if (c < ' ' || c == 0x7f || c == '\\' || c == '%') {
                    return false;
                }
            }
            return true;
        }

        private static boolean isOdd(String path, int from, int to) {
            return switch (to - from) {
                case 0 -> true;
                case 1 -> path.charAt(from) == '.';
                case 2 -> path.startsWith("..", from);
                default -> false;
            };
        }

        /** Where the path's last name ends; one slash may follow. */
        private static int end(String path) {
            return path.endsWith("/") ? path.length() - 1 : path.length();
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
