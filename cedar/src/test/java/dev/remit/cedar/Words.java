package dev.remit.cedar;

import java.util.Locale;
import java.util.Random;

/**
 * The words that random entities and policies are made of, many of them at an edge, and the dice.
 */
final class Words {
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
    static final String[] USERS = {"User::\"a\"", "User::\"b\"", "Org::User::\"c\""};
    static final String[] GROUPS = {"Group::\"g\"", "Group::\"h\"", "Group::\"gone\""};
    static final String[] THINGS = {"Doc::\"d\"", "Doc::\"e\"", "Folder::\"f\""};
    static final String[] ACTIONS = {
        "Action::\"read\"", "Action::\"write\"", "Action::\"any\"", "Action::\"lost\""
    };
    static final String[] TYPES = {"User", "Org::User", "Group", "Doc", "Folder", "No"};
    private final Random random;

    Words(long seed) {
        this.random = new Random(seed);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    @SafeVarargs
    final <T> T any(T... all) {
        return all[random.nextInt(all.length)];
    }

    String uid() {
        return any(any(USERS), any(GROUPS), any(THINGS), any(ACTIONS));
    }

    static String name(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT) + "_";
    }

    static String function(Kind kind) {
        return name(kind).replace("_", "");
    }

    String number() {
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

    String string() {
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

    String good(Kind kind) {
        return switch (kind) {
            case DECIMAL -> any(DECIMALS);
            case IP -> any(IPS);
            case DATETIME -> any(DATETIMES);
            case DURATION -> any(DURATIONS);
            case BOOL, LONG, STRING, ENTITY, SET, RECORD -> string();
        };
    }

    String bad() {
        return any(NEITHER);
    }
}
