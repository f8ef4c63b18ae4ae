package dev.remit.mandate.template;

import dev.remit.call.Quotation;
import dev.remit.call.Value;
import dev.remit.mandate.Constraint;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What may stand in one place of a template. A value is one of its kind or it is refused; it is
 * never part of a pattern, and it is what it looks like.
 */
public sealed interface Slot {
    /**
     * The value that stands there for what was given; text counts as a number where one is due.
     *
     * @throws IllegalArgumentException if it is none of this kind
     */
    Value read(Value given);

    /** What it may be, as a person would say it after “is”. */
    String said();

    /** Some value of this kind. */
    Value example();

    /** A value of this kind within a sentence; what others wrote stands in quotation marks. */
    String inWords(Value value);

    /** One line of text, of so many characters at most. */
    record Text(int most) implements Slot {
        public static final int USUAL = 200;

        public Text {
            if (most < 1 || most > Quotation.MOST) {
                throw new IllegalArgumentException("`most` is 1 to " + Quotation.MOST);
            }
        }

        @Override
        public Value read(Value given) {
            if (given instanceof Value.Text(String text)
                    && !text.isBlank()
                    && text.codePointCount(0, text.length()) <= most
                    && isPlain(text)) {
                return given;
            }
            throw misfit(this);
        }

        @Override
        public String said() {
            return "text in one line, " + most + " characters at most, with nothing hidden in it";
        }

        @Override
        public Value example() {
            return Value.of("x");
        }

        @Override
        public String inWords(Value value) {
            return value.json();
        }
    }

    /** A number in a range, both ends included. */
    record Numeric(Optional<BigDecimal> least, Optional<BigDecimal> most, boolean whole)
            implements Slot {
        private static final int DIGITS = 30;
        private static final Pattern TYPED = Pattern.compile("-?\\d{1,30}(\\.\\d{1,30})?");

        public Numeric {
            least = least.map(BigDecimal::stripTrailingZeros);
            most = most.map(BigDecimal::stripTrailingZeros);
            boolean odd =
                    least.filter(one -> !isShort(one)).isPresent()
                            || most.filter(one -> !isShort(one)).isPresent();
            boolean broken =
                    whole
                            && (least.filter(one -> !isWhole(one)).isPresent()
                                    || most.filter(one -> !isWhole(one)).isPresent());
            if (odd
                    || broken
                    || (least.isPresent() && least.get().compareTo(most.orElse(least.get())) > 0)) {
                throw new IllegalArgumentException(
                        "`min` is not above `max`, and both are whole if the number is");
            }
        }

        @Override
        public Value read(Value given) {
            Value typed =
                    given instanceof Value.Text(String text) && TYPED.matcher(text).matches()
                            ? new Value.Num(new BigDecimal(text))
                            : given;
            if (typed instanceof Value.Num(BigDecimal number)
                    && isShort(number)
                    && least.stream().allMatch(bound -> number.compareTo(bound) >= 0)
                    && most.stream().allMatch(bound -> number.compareTo(bound) <= 0)
                    && (!whole || isWhole(number))) {
                return typed;
            }
            throw misfit(this);
        }

        private static boolean isShort(BigDecimal number) {
            return Math.abs(number.scale()) <= DIGITS && number.precision() <= DIGITS;
        }

        private static boolean isWhole(BigDecimal number) {
            return number.stripTrailingZeros().scale() <= 0;
        }

        @Override
        public String said() {
            String what = whole ? "a whole number" : "a number";
            return what
                    + least.map(bound -> " from " + bound.toPlainString()).orElse("")
                    + most.map(bound -> " to " + bound.toPlainString()).orElse("");
        }

        @Override
        public Value example() {
            return new Value.Num(least.or(() -> most).orElse(BigDecimal.ONE));
        }

        @Override
        public String inWords(Value value) {
            return value.json();
        }
    }

    /** One of these, which the template itself names. */
    record OneOf(List<Value> values) implements Slot {
        public OneOf {
            values = List.copyOf(values);
            Set<String> written = new HashSet<>();
            if (values.isEmpty() || !values.stream().allMatch(one -> written.add(typed(one)))) {
                throw new IllegalArgumentException(
                        "`values` are texts, numbers or flags, at least one, each written once");
            }
        }

        @Override
        public Value read(Value given) {
            return values.stream()
                    .filter(
                            one ->
                                    one.equals(given)
                                            || given.equals(Value.of(typed(one)))) // as it is typed
                    .findFirst()
                    .orElseThrow(() -> misfit(this));
        }

        private static String typed(Value value) {
            return switch (value) {
                case Value.Text(String text) -> text;
                case Value.Num _, Value.Flag _ -> value.json();
                case Value.Nothing _, Value.Items _, Value.Fields _ ->
                        throw new IllegalArgumentException(
                                "`values` are texts, numbers or flags, at least one, each written"
                                        + " once");
            };
        }

        @Override
        public String said() {
            return "one of " + String.join(", ", values.stream().map(OneOf::typed).toList());
        }

        @Override
        public Value example() {
            return values.getFirst();
        }

        @Override
        public String inWords(Value value) {
            return typed(value);
        }
    }

    /** A path at or below this one, by its names alone. */
    record Path(Constraint.PathBelow below) implements Slot {
        private static final int LONGEST = 400;

        @Override
        public Value read(Value given) {
            if (given instanceof Value.Text(String path)
                    && path.length() <= LONGEST
                    && isPlain(path)
                    && below.admits(given)) {
                return given;
            }
            throw misfit(this);
        }

        @Override
        public String said() {
            return below.said();
        }

        @Override
        public Value example() {
            return Value.of(below.root());
        }

        @Override
        public String inWords(Value value) {
            return value.json();
        }
    }

    /**
     * An address of mail in ASCII.
     *
     * @param at the domains that it may be at, none below them; if empty, any
     */
    record Address(Set<String> at) implements Slot {
        private static final int LONGEST = 254; // RFC 5321, section 4.5.3.1.3
        private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
        private static final Pattern DOMAIN = Pattern.compile(LABEL + "(?:\\." + LABEL + "){1,8}");
        private static final Pattern LOCAL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,63}");

        public Address {
            at = Set.copyOf(at);
            if (!at.stream().allMatch(one -> DOMAIN.matcher(one).matches())) {
                throw new IllegalArgumentException(
                        "`at` has domains in lower case, as in office.example");
            }
        }

        @Override
        public Value read(Value given) {
            if (given instanceof Value.Text(String text) && text.length() <= LONGEST) {
                int sign = text.indexOf('@');
                String domain = text.substring(sign + 1);
                if (sign > 0
                        && LOCAL.matcher(text.substring(0, sign)).matches()
                        && DOMAIN.matcher(domain).matches()
                        && (at.isEmpty() || at.contains(domain))) {
                    return given;
                }
            }
            throw misfit(this);
        }

        @Override
        public String said() {
            return "an address of mail"
                    + (at.isEmpty()
                            ? ""
                            : " at " + String.join(" or ", at.stream().sorted().toList()));
        }

        @Override
        public Value example() {
            return Value.of("x@" + at.stream().sorted().findFirst().orElse("x.example"));
        }

        @Override
        public String inWords(Value value) {
            return value instanceof Value.Text(String text) ? text : value.json();
        }
    }

    /** Whether it stands on a page as it is, with no code for anything in it. */
    private static boolean isPlain(String text) {
        return Objects.equals(Quotation.of(text), text);
    }

    private static IllegalArgumentException misfit(Slot slot) {
        return new IllegalArgumentException("is " + slot.said());
    }
}
