package dev.remit.cedar;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The functions and methods of the extension types. */
@SuppressWarnings("ImmutableEnumChecker") // what each does keeps no state
enum Function {
    DECIMAL("decimal", Style.FUNCTION, 1, given -> made("decimal", Decimal.read(text(given)))),
    IP("ip", Style.FUNCTION, 1, given -> made("ip", Ip.read(text(given)))),
    DATETIME("datetime", Style.FUNCTION, 1, given -> made("datetime", Datetime.read(text(given)))),
    DURATION("duration", Style.FUNCTION, 1, given -> made("duration", Duration.read(text(given)))),
    LESS_THAN("lessThan", Style.METHOD, 2, given -> Value.Bool.of(compared(given) < 0)),
    LESS_THAN_OR_EQUAL(
            "lessThanOrEqual", Style.METHOD, 2, given -> Value.Bool.of(compared(given) <= 0)),
    GREATER_THAN("greaterThan", Style.METHOD, 2, given -> Value.Bool.of(compared(given) > 0)),
    GREATER_THAN_OR_EQUAL(
            "greaterThanOrEqual", Style.METHOD, 2, given -> Value.Bool.of(compared(given) >= 0)),
    IS_IPV4("isIpv4", Style.METHOD, 1, given -> Value.Bool.of(!ip(given, 0).six())),
    IS_IPV6("isIpv6", Style.METHOD, 1, given -> Value.Bool.of(ip(given, 0).six())),
    IS_LOOPBACK("isLoopback", Style.METHOD, 1, given -> Value.Bool.of(ip(given, 0).isLoopback())),
    IS_MULTICAST(
            "isMulticast", Style.METHOD, 1, given -> Value.Bool.of(ip(given, 0).isMulticast())),
    IS_IN_RANGE(
            "isInRange",
            Style.METHOD,
            2,
            given -> Value.Bool.of(ip(given, 0).isInRange(ip(given, 1)))),
    OFFSET(
            "offset",
            Style.METHOD,
            2,
            given -> {
                long start = datetime(given, 0).milliseconds();
                return new Datetime(Sums.plus(start, duration(given, 1).milliseconds()));
            }),
    DURATION_SINCE(
            "durationSince",
            Style.METHOD,
            2,
            given -> {
                long end = datetime(given, 0).milliseconds();
                return new Duration(Sums.minus(end, datetime(given, 1).milliseconds()));
            }),
    TO_DATE(
            "toDate",
            Style.METHOD,
            1,
            given -> {
                long time = datetime(given, 0).milliseconds();
                return new Datetime(Sums.minus(time, Math.floorMod(time, Function.DAY)));
            }),
    TO_TIME(
            "toTime",
            Style.METHOD,
            1,
            given -> new Duration(Math.floorMod(datetime(given, 0).milliseconds(), Function.DAY))),
    TO_MILLISECONDS("toMilliseconds", Style.METHOD, 1, given -> parts(given, 1)),
    TO_SECONDS("toSeconds", Style.METHOD, 1, given -> parts(given, 1_000)),
    TO_MINUTES("toMinutes", Style.METHOD, 1, given -> parts(given, 60_000)),
    TO_HOURS("toHours", Style.METHOD, 1, given -> parts(given, 3_600_000)),
    TO_DAYS("toDays", Style.METHOD, 1, given -> parts(given, Function.DAY));

    /** How it is called: before its arguments, or after the first of them. */
    enum Style {
        FUNCTION,
        METHOD
    }

    private interface Body {
        Value of(List<Value> given) throws Fault;
    }

    private static final long DAY = 86_400_000;
    private static final Map<String, Function> BY_NAME = byName();

    private final String text;
    private final Style style;
    private final int arity;
    private final Body body;

    Function(String text, Style style, int arity, Body body) {
        this.text = text;
        this.style = style;
        this.arity = arity;
        this.body = body;
    }

    private static Map<String, Function> byName() {
        Map<String, Function> byName = new HashMap<>();
        for (Function one : values()) {
            byName.put(one.text, one);
        }
        return byName;
    }

    static Optional<Function> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    Style style() {
        return style;
    }

    /** A wrong number of arguments is found when it is called, as in Cedar. */
    Value call(List<Value> given) throws Fault {
        if (given.size() != arity) {
            throw new Fault(text + " takes " + arity + " arguments, and there are " + given.size());
        }
        return body.of(given);
    }

    private static <V extends Value> Value made(String type, Optional<V> value) throws Fault {
        if (value.isEmpty()) {
            throw new Fault("this string is no " + type);
        }
        return value.get();
    }

    private static String text(List<Value> given) throws Fault {
        if (given.getFirst() instanceof Value.Text one) {
            return one.value();
        }
        throw Fault.unexpected("string", given.getFirst());
    }

    private static int compared(List<Value> given) throws Fault {
        return decimal(given, 0).compareTo(decimal(given, 1));
    }

    private static Decimal decimal(List<Value> given, int at) throws Fault {
        if (given.get(at) instanceof Decimal one) {
            return one;
        }
        throw Fault.unexpected("decimal", given.get(at));
    }

    private static Ip ip(List<Value> given, int at) throws Fault {
        if (given.get(at) instanceof Ip one) {
            return one;
        }
        throw Fault.unexpected("ipaddr", given.get(at));
    }

    private static Datetime datetime(List<Value> given, int at) throws Fault {
        if (given.get(at) instanceof Datetime one) {
            return one;
        }
        throw Fault.unexpected("datetime", given.get(at));
    }

    private static Duration duration(List<Value> given, int at) throws Fault {
        if (given.get(at) instanceof Duration one) {
            return one;
        }
        throw Fault.unexpected("duration", given.get(at));
    }

    private static Value parts(List<Value> given, long length) throws Fault {
        return new Value.Whole(duration(given, 0).milliseconds() / length);
    }
}
