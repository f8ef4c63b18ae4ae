package dev.remit.cedar;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;

/**
 * Entities, requests and policies from a seed, as texts that any implementation reads. What stands
 * together mostly fits together, so that most of it is evaluated to the end, and sometimes does
 * not.
 */
final class World {
    /** What an expression is meant to be. */
    enum Kind {
        BOOL,
        LONG,
        STRING,
        ENTITY,
        SET,
        RECORD,
        DECIMAL,
        IP,
        DATETIME,
        DURATION
    }

    static final String[] DECIMALS = {
        "\"0.0\"",
        "\"-0.5\"",
        "\"1.5000\"",
        "\"1.5\"",
        "\"-7.25\"",
        "\"922337203685477.5807\"",
        "\"-922337203685477.5808\""
    };
    static final String[] IPS = {
        "\"10.0.0.1\"",
        "\"10.0.0.0/8\"",
        "\"10.0.0.1/8\"",
        "\"10.0.0.1/24\"",
        "\"127.0.0.1\"",
        "\"::1\"",
        "\"fd00::/8\"",
        "\"224.0.0.1/4\"",
        "\"ff02::1\"",
        "\"0.0.0.0/0\"",
        "\"1:2:3:4:5:6:7::\"",
        "\"fd00::1:2/112\"",
        "\"127.1.2.3/7\""
    };
    static final String[] DATETIMES = {
        "\"1970-01-01\"",
        "\"2024-02-29\"",
        "\"1969-12-31T23:59:59Z\"",
        "\"2024-02-29T12:30:45.123+0130\"",
        "\"0000-01-01\"",
        "\"9999-12-31\"",
        "\"1969-12-30\"",
        "\"2024-01-01T00:00:00-2359\""
    };
    static final String[] DURATIONS = {
        "\"0s\"",
        "\"1d\"",
        "\"-1d2h3m4s5ms\"",
        "\"1ms\"",
        "\"90m\"",
        "\"-1ms\"",
        "\"9223372036854775807ms\"",
        "\"-9223372036854775808ms\""
    };
    static final String[] NEITHER = {
        "\"1\"",
        "\"1.23456\"",
        "\"922337203685477.5808\"",
        "\".5\"",
        "\"1.\"",
        "\"01.1.1.1\"",
        "\"1.1.1.256\"",
        "\"1.1.1.1/33\"",
        "\"::ffff:1.2.3.4\"",
        "\"1.1.1.1/08\"",
        "\"12345::\"",
        "\":::\"",
        "\"1:2:3:4:5:6:7:8::\"",
        "\"::1/129\"",
        "\"2023-02-29\"",
        "\"2024-13-01\"",
        "\"2024-01-01T24:00:00Z\"",
        "\"2024-1-1\"",
        "\"2024-01-01T00:00:60Z\"",
        "\"2024-01-01T00:00:00\"",
        "\"2024-01-01T00:00:00+2400\"",
        "\"1d1d\"",
        "\"1s1m\"",
        "\"-\"",
        "\"ms\"",
        "\"1\"",
        "\"9223372036854775808ms\"",
        "\"+1d\"",
        "\"-0.0\"",
        "\"00.10\"",
        "\"1.1.1.1/\"",
        "\"1.1.1\"",
        "\"1d \""
    };
    private static final String[] USERS = {"User::\"a\"", "User::\"b\"", "Org::User::\"c\""};
    private static final String[] GROUPS = {"Group::\"g\"", "Group::\"h\"", "Group::\"gone\""};
    private static final String[] THINGS = {"Doc::\"d\"", "Doc::\"e\"", "Folder::\"f\""};
    private static final String[] ACTIONS = {
        "Action::\"read\"", "Action::\"write\"", "Action::\"any\"", "Action::\"lost\""
    };
    private static final String[] TYPES = {"User", "Org::User", "Group", "Doc", "Folder", "No"};

    private final Random random;

    World(long seed) {
        this.random = new Random(seed);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    @SafeVarargs
    private <T> T any(T... all) {
        return all[random.nextInt(all.length)];
    }

    String uid() {
        return any(any(USERS), any(GROUPS), any(THINGS), any(ACTIONS));
    }

    /** Principal, action, resource. */
    List<String> request() {
        return chance(90)
                ? List.of(any(USERS), any(ACTIONS), any(THINGS))
                : List.of(uid(), uid(), uid());
    }

    /** All entities, without a circle: each hangs only below what comes later in its row. */
    String entities() {
        StringJoiner all = new StringJoiner(",", "[", "]");
        for (String user : USERS) {
            all.add(entity(user, GROUPS));
        }
        all.add(entity(GROUPS[0], GROUPS[1], GROUPS[2]));
        all.add(entity(GROUPS[1], GROUPS[2]));
        all.add(entity(THINGS[0], THINGS[1], THINGS[2]));
        all.add(entity(THINGS[1], THINGS[2], GROUPS[2]));
        if (chance(70)) {
            all.add(entity(THINGS[2]));
        }
        all.add(entity(ACTIONS[0], ACTIONS[2]));
        all.add(entity(ACTIONS[1], ACTIONS[2]));
        all.add(entity(ACTIONS[2]));
        return all.toString();
    }

    private String entity(String uid, String... above) {
        StringJoiner parents = new StringJoiner(",", "[", "]");
        for (String one : above) {
            if (chance(40)) {
                parents.add(json(one));
            }
        }
        boolean action = uid.startsWith("Action");
        return "{\"uid\":%s,\"attrs\":%s,\"tags\":%s,\"parents\":%s}"
                .formatted(json(uid), action ? "{}" : fields(1), action ? "{}" : tags(), parents);
    }

    private static String json(String uid) {
        int id = uid.indexOf("::\"");
        return "{\"type\":\"%s\",\"id\":%s}".formatted(uid.substring(0, id), uid.substring(id + 2));
    }

    private String tags() {
        return chance(50) ? "{}" : "{\"t\":" + value(any(Kind.values()), 1) + "}";
    }

    /** A record with an attribute of each kind, some missing, some of another kind. */
    String fields(int depth) {
        StringJoiner fields = new StringJoiner(",", "{", "}");
        for (Kind kind : Kind.values()) {
            if (chance(85)) {
                Kind actual = chance(92) ? kind : any(Kind.values());
                fields.add('"' + name(kind) + "\":" + value(actual, depth));
            }
        }
        return fields.toString();
    }

    private static String name(Kind kind) {
        return kind.name().toLowerCase(java.util.Locale.ROOT) + "_";
    }

    private String value(Kind kind, int depth) {
        return switch (kind) {
            case BOOL -> any("true", "false");
            case LONG -> number();
            case STRING -> string();
            case ENTITY -> "{\"__entity\":" + json(uid()) + "}";
            case SET -> depth == 0 ? "[]" : values(any(Kind.values()), depth - 1);
            case RECORD -> depth == 0 ? "{}" : fields(depth - 1);
            case DECIMAL, IP, DATETIME, DURATION ->
                    "{\"__extn\":{\"fn\":\"%s\",\"arg\":%s}}".formatted(function(kind), good(kind));
        };
    }

    private String values(Kind kind, int depth) {
        StringJoiner values = new StringJoiner(",", "[", "]");
        for (int count = random.nextInt(4); count > 0; count--) {
            values.add(value(kind, depth));
        }
        return values.toString();
    }

    private static String function(Kind kind) {
        return name(kind).replace("_", "");
    }

    private String number() {
        return any(
                "0",
                "1",
                "2",
                "-1",
                "7",
                "-3",
                "86400000",
                "9223372036854775807",
                "-9223372036854775807",
                "-9223372036854775808");
    }

    private String string() {
        return any(
                "\"\"",
                "\"a\"",
                "\"ab\"",
                "\"a*b\"",
                "\"aXbXc\"",
                "\"t\"",
                "\"\\u00e9\"",
                "\"2024-02-29\"",
                "\"1.5\"",
                "\"10.0.0.1\"");
    }

    private String good(Kind kind) {
        return switch (kind) {
            case DECIMAL -> any(DECIMALS);
            case IP -> any(IPS);
            case DATETIME -> any(DATETIMES);
            case DURATION -> any(DURATIONS);
            case BOOL, LONG, STRING, ENTITY, SET, RECORD -> string();
        };
    }

    private String bad() {
        return any(NEITHER);
    }

    List<String> policies(int count) {
        List<String> policies = new ArrayList<>();
        for (int one = 0; one < count; one++) {
            policies.add(policy());
        }
        return policies;
    }

    private String policy() {
        StringBuilder policy = new StringBuilder(chance(70) ? "permit" : "forbid");
        policy.append('(').append(scope("principal", USERS, GROUPS)).append(", ");
        policy.append(action()).append(", ").append(scope("resource", THINGS, THINGS)).append(')');
        for (int count = random.nextInt(3); count > 0; count--) {
            policy.append(any(" when { ", " when { ", " unless { "));
            policy.append(expr(Kind.BOOL, 4)).append(" }");
        }
        return policy.append(';').toString();
    }

    private String scope(String variable, String[] exact, String[] above) {
        return switch (random.nextInt(8)) {
            case 0 -> variable + " == " + any(exact);
            case 1 -> variable + " in " + any(above);
            case 2 -> variable + " is " + any(TYPES);
            case 3 -> variable + " is " + any(TYPES) + " in " + any(above);
            default -> variable;
        };
    }

    private String action() {
        return switch (random.nextInt(6)) {
            case 0 -> "action == " + any(ACTIONS);
            case 1 -> "action in " + any(ACTIONS);
            case 2 -> "action in [" + any(ACTIONS) + ", " + any(ACTIONS) + "]";
            case 3 -> chance(20) ? "action in []" : "action in [" + any(ACTIONS) + ",]";
            default -> "action";
        };
    }

    String expr(Kind wanted, int depth) {
        Kind kind = chance(95) ? wanted : any(Kind.values());
        if (depth == 0 || chance(20)) {
            return atom(kind);
        }
        int more = depth - 1;
        if (chance(6)) {
            return "(if %s then %s else %s)"
                    .formatted(expr(Kind.BOOL, more), expr(kind, more), expr(kind, more));
        }
        return switch (kind) {
            case BOOL -> bool(more);
            case LONG -> whole(more);
            case STRING -> chance(40) ? tag(more) : atom(kind);
            case ENTITY -> any("principal", "resource", "action", atom(kind));
            case SET -> set(more);
            case RECORD -> record(more);
            case DATETIME ->
                    any(
                            atom(kind),
                            expr(kind, more) + ".toDate()",
                            "%s.offset(%s)".formatted(expr(kind, more), expr(Kind.DURATION, more)));
            case DURATION ->
                    any(
                            atom(kind),
                            expr(Kind.DATETIME, more) + ".toTime()",
                            "%s.durationSince(%s)"
                                    .formatted(
                                            expr(Kind.DATETIME, more), expr(Kind.DATETIME, more)));
            case DECIMAL, IP -> atom(kind);
        };
    }

    private String atom(Kind kind) {
        if (chance(45)) {
            return any("context", "principal", "resource", "context.record_")
                    + any("." + name(kind), "[\"" + name(kind) + "\"]");
        }
        return switch (kind) {
            case BOOL -> any("true", "false");
            case LONG -> "(" + number() + ")";
            case STRING -> chance(80) ? string().replace("\\u00e9", "\\u{e9}") : "\"\\x41\\0\\'\"";
            case ENTITY -> any("principal", "action", "resource", uid());
            case SET -> "[]";
            case RECORD -> any("{}", "context");
            case DECIMAL, IP, DATETIME, DURATION ->
                    "%s(%s)".formatted(function(kind), chance(85) ? good(kind) : bad());
        };
    }

    private String tag(int depth) {
        return expr(Kind.ENTITY, depth) + ".getTag(" + any("\"t\"", "\"u\"") + ")";
    }

    private String set(int depth) {
        Kind kind = any(Kind.values());
        StringJoiner set = new StringJoiner(", ", "[", "]");
        for (int count = random.nextInt(4); count > 0; count--) {
            set.add(expr(chance(90) ? kind : any(Kind.values()), depth));
        }
        return set.toString();
    }

    private String record(int depth) {
        StringJoiner record = new StringJoiner(", ", "{", "}");
        for (Kind kind : Kind.values()) {
            if (chance(25)) {
                record.add(any(name(kind), '"' + name(kind) + '"') + ": " + expr(kind, depth));
            }
        }
        return record.toString();
    }

    private String whole(int depth) {
        String left = expr(Kind.LONG, depth);
        return switch (random.nextInt(6)) {
            case 0 -> "(-" + left + ")";
            case 1 ->
                    expr(Kind.DURATION, depth)
                            + any(
                                    ".toMilliseconds()",
                                    ".toSeconds()",
                                    ".toMinutes()",
                                    ".toHours()",
                                    ".toDays()");
            default -> "(" + left + any(" + ", " - ", " * ") + expr(Kind.LONG, depth) + ")";
        };
    }

    private String bool(int depth) {
        Kind kind = any(Kind.values());
        return switch (random.nextInt(16)) {
            case 0, 1 -> "(" + expr(Kind.BOOL, depth) + " && " + expr(Kind.BOOL, depth) + ")";
            case 2, 3 -> "(" + expr(Kind.BOOL, depth) + " || " + expr(Kind.BOOL, depth) + ")";
            case 4 -> any("!", "!!") + "(" + expr(Kind.BOOL, depth) + ")";
            case 5, 6 -> "(" + expr(kind, depth) + any(" == ", " != ") + expr(kind, depth) + ")";
            case 7 -> {
                Kind ordered = any(Kind.LONG, Kind.LONG, Kind.DATETIME, Kind.DURATION, kind);
                yield "(%s%s%s)"
                        .formatted(
                                expr(ordered, depth),
                                any(" < ", " <= ", " > ", " >= "),
                                expr(ordered, depth));
            }
            case 8 -> {
                String left = expr(Kind.ENTITY, depth);
                yield "("
                        + left
                        + " in "
                        + any(
                                any(GROUPS),
                                "[" + any(GROUPS) + ", " + expr(Kind.ENTITY, depth) + "]",
                                "[" + left + ", " + expr(kind, depth) + "]",
                                expr(Kind.SET, depth))
                        + ")";
            }
            case 9 ->
                    "("
                            + expr(Kind.ENTITY, depth)
                            + " is "
                            + any("User", "User", "Doc", any(TYPES))
                            + any("", " in " + any(GROUPS), " in " + expr(Kind.SET, depth))
                            + ")";
            case 10 ->
                    "("
                            + expr(any(Kind.RECORD, Kind.ENTITY), depth)
                            + " has "
                            + any(
                                    name(kind),
                                    '"' + name(kind) + '"',
                                    "record_." + name(kind),
                                    "entity_.record_." + name(kind))
                            + ")";
            case 11 ->
                    "("
                            + (chance(50)
                                    ? expr(Kind.STRING, depth)
                                    : string().replace("\\u00e9", "\\u{e9}"))
                            + " like "
                            + any(
                                    "\"*\"",
                                    "\"a*\"",
                                    "\"*b*c\"",
                                    "\"a\\*b\"",
                                    "\"\"",
                                    "\"*b\"",
                                    "\"a*a\"",
                                    "\"*\\u{e9}\"")
                            + ")";
            case 12, 13 ->
                    expr(Kind.SET, depth)
                            + any(
                                    ".isEmpty()",
                                    ".contains(" + expr(kind, depth) + ")",
                                    ".containsAll(" + expr(Kind.SET, depth) + ")",
                                    ".containsAny(" + expr(Kind.SET, depth) + ")");
            case 14 -> expr(Kind.ENTITY, depth) + ".hasTag(" + any("\"t\"", "\"u\"") + ")";
            default -> extension(depth);
        };
    }

    private String extension(int depth) {
        String ip = expr(Kind.IP, depth);
        return any(
                ip + ".isInRange(" + expr(Kind.IP, depth) + ")",
                ip + any(".isIpv4()", ".isIpv6()", ".isLoopback()", ".isMulticast()"),
                ip + ".isInRange(" + expr(Kind.IP, depth) + ")",
                expr(Kind.DECIMAL, depth)
                        + any(
                                ".lessThan(",
                                ".lessThanOrEqual(",
                                ".greaterThan(",
                                ".greaterThanOrEqual(")
                        + expr(Kind.DECIMAL, depth)
                        + ")");
    }
}
