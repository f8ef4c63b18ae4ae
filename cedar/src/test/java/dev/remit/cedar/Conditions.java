package dev.remit.cedar;

import dev.remit.cedar.Words.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Random policies: heads, and conditions of every form that the language has. */
final class Conditions {
    private final Words words;

    Conditions(Words words) {
        this.words = words;
    }

    List<String> policies(int count) {
        List<String> policies = new ArrayList<>();
        for (int one = 0; one < count; one++) {
            policies.add(policy());
        }
        return policies;
    }

    private String policy() {
        StringBuilder policy = new StringBuilder(words.chance(70) ? "permit" : "forbid");
        policy.append('(').append(scope("principal", Words.USERS, Words.GROUPS)).append(", ");
        policy.append(action())
                .append(", ")
                .append(scope("resource", Words.THINGS, Words.THINGS))
                .append(')');
        for (int count = words.below(3); count > 0; count--) {
            policy.append(words.any(" when { ", " when { ", " unless { "));
            policy.append(expr(Kind.BOOL, 4)).append(" }");
        }
        return policy.append(';').toString();
    }

    private String scope(String variable, String[] exact, String[] above) {
        return switch (words.below(8)) {
            case 0 -> variable + " == " + words.any(exact);
            case 1 -> variable + " in " + words.any(above);
            case 2 -> variable + " is " + words.any(Words.TYPES);
            case 3 -> variable + " is " + words.any(Words.TYPES) + " in " + words.any(above);
            default -> variable;
        };
    }

    private String action() {
        return switch (words.below(6)) {
            case 0 -> "action == " + words.any(Words.ACTIONS);
            case 1 -> "action in " + words.any(Words.ACTIONS);
            case 2 ->
                    "action in ["
                            + words.any(Words.ACTIONS)
                            + ", "
                            + words.any(Words.ACTIONS)
                            + "]";
            case 3 ->
                    words.chance(20)
                            ? "action in []"
                            : "action in [" + words.any(Words.ACTIONS) + ",]";
            default -> "action";
        };
    }

    String expr(Kind wanted, int depth) {
        Kind kind = words.chance(95) ? wanted : words.any(Kind.values());
        if (depth == 0 || words.chance(20)) {
            return atom(kind);
        }
        int more = depth - 1;
        if (words.chance(6)) {
            return "(if %s then %s else %s)"
                    .formatted(expr(Kind.BOOL, more), expr(kind, more), expr(kind, more));
        }
        return switch (kind) {
            case BOOL -> bool(more);
            case LONG -> whole(more);
            case STRING -> words.chance(40) ? tag(more) : atom(kind);
            case ENTITY -> words.any("principal", "resource", "action", atom(kind));
            case SET -> set(more);
            case RECORD -> record(more);
            case DATETIME ->
                    words.any(
                            atom(kind),
                            expr(kind, more) + ".toDate()",
                            "%s.offset(%s)".formatted(expr(kind, more), expr(Kind.DURATION, more)));
            case DURATION ->
                    words.any(
                            atom(kind),
                            expr(Kind.DATETIME, more) + ".toTime()",
                            "%s.durationSince(%s)"
                                    .formatted(
                                            expr(Kind.DATETIME, more), expr(Kind.DATETIME, more)));
            case DECIMAL, IP -> atom(kind);
        };
    }

    private String atom(Kind kind) {
        if (words.chance(45)) {
            return words.any("context", "principal", "resource", "context.record_")
                    + words.any("." + Words.name(kind), "[\"" + Words.name(kind) + "\"]");
        }
        return switch (kind) {
            case BOOL -> words.any("true", "false");
            case LONG -> "(" + words.number() + ")";
            case STRING ->
                    words.chance(80)
                            ? words.string().replace("\\u00e9", "\\u{e9}")
                            : "\"\\x41\\0\\'\"";
            case ENTITY -> words.any("principal", "action", "resource", words.uid());
            case SET -> "[]";
            case RECORD -> words.any("{}", "context");
            case DECIMAL, IP, DATETIME, DURATION ->
                    "%s(%s)"
                            .formatted(
                                    Words.function(kind),
                                    words.chance(85) ? words.good(kind) : words.bad());
        };
    }

    private String tag(int depth) {
        return expr(Kind.ENTITY, depth) + ".getTag(" + words.any("\"t\"", "\"u\"") + ")";
    }

    private String set(int depth) {
        Kind kind = words.any(Kind.values());
        StringJoiner set = new StringJoiner(", ", "[", "]");
        for (int count = words.below(4); count > 0; count--) {
            set.add(expr(words.chance(90) ? kind : words.any(Kind.values()), depth));
        }
        return set.toString();
    }

    private String record(int depth) {
        StringJoiner record = new StringJoiner(", ", "{", "}");
        for (Kind kind : Kind.values()) {
            if (words.chance(25)) {
                record.add(
                        words.any(Words.name(kind), '"' + Words.name(kind) + '"')
                                + ": "
                                + expr(kind, depth));
            }
        }
        return record.toString();
    }

    private String whole(int depth) {
        String left = expr(Kind.LONG, depth);
        return switch (words.below(6)) {
            case 0 -> "(-" + left + ")";
            case 1 ->
                    expr(Kind.DURATION, depth)
                            + words.any(
                                    ".toMilliseconds()",
                                    ".toSeconds()",
                                    ".toMinutes()",
                                    ".toHours()",
                                    ".toDays()");
            default -> "(" + left + words.any(" + ", " - ", " * ") + expr(Kind.LONG, depth) + ")";
        };
    }

    private String bool(int depth) {
        Kind kind = words.any(Kind.values());
        return switch (words.below(16)) {
            case 0, 1 -> "(" + expr(Kind.BOOL, depth) + " && " + expr(Kind.BOOL, depth) + ")";
            case 2, 3 -> "(" + expr(Kind.BOOL, depth) + " || " + expr(Kind.BOOL, depth) + ")";
            case 4 -> words.any("!", "!!") + "(" + expr(Kind.BOOL, depth) + ")";
            case 5, 6 ->
                    "(" + expr(kind, depth) + words.any(" == ", " != ") + expr(kind, depth) + ")";
            case 7 -> {
                Kind ordered = words.any(Kind.LONG, Kind.LONG, Kind.DATETIME, Kind.DURATION, kind);
                yield "(%s%s%s)"
                        .formatted(
                                expr(ordered, depth),
                                words.any(" < ", " <= ", " > ", " >= "),
                                expr(ordered, depth));
            }
            case 8 -> {
                String left = expr(Kind.ENTITY, depth);
                yield "("
                        + left
                        + " in "
                        + words.any(
                                words.any(Words.GROUPS),
                                "["
                                        + words.any(Words.GROUPS)
                                        + ", "
                                        + expr(Kind.ENTITY, depth)
                                        + "]",
                                "[" + left + ", " + expr(kind, depth) + "]",
                                expr(Kind.SET, depth))
                        + ")";
            }
            case 9 ->
                    "("
                            + expr(Kind.ENTITY, depth)
                            + " is "
                            + words.any("User", "User", "Doc", words.any(Words.TYPES))
                            + words.any(
                                    "",
                                    " in " + words.any(Words.GROUPS),
                                    " in " + expr(Kind.SET, depth))
                            + ")";
            case 10 ->
                    "("
                            + expr(words.any(Kind.RECORD, Kind.ENTITY), depth)
                            + " has "
                            + words.any(
                                    Words.name(kind),
                                    '"' + Words.name(kind) + '"',
                                    "record_." + Words.name(kind),
                                    "entity_.record_." + Words.name(kind))
                            + ")";
            case 11 ->
                    "("
                            + (words.chance(50)
                                    ? expr(Kind.STRING, depth)
                                    : words.string().replace("\\u00e9", "\\u{e9}"))
                            + " like "
                            + words.any(
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
                            + words.any(
                                    ".isEmpty()",
                                    ".contains(" + expr(kind, depth) + ")",
                                    ".containsAll(" + expr(Kind.SET, depth) + ")",
                                    ".containsAny(" + expr(Kind.SET, depth) + ")");
            case 14 -> expr(Kind.ENTITY, depth) + ".hasTag(" + words.any("\"t\"", "\"u\"") + ")";
            default -> extension(depth);
        };
    }

    private String extension(int depth) {
        String ip = expr(Kind.IP, depth);
        return words.any(
                ip + ".isInRange(" + expr(Kind.IP, depth) + ")",
                ip + words.any(".isIpv4()", ".isIpv6()", ".isLoopback()", ".isMulticast()"),
                ip + ".isInRange(" + expr(Kind.IP, depth) + ")",
                expr(Kind.DECIMAL, depth)
                        + words.any(
                                ".lessThan(",
                                ".lessThanOrEqual(",
                                ".greaterThan(",
                                ".greaterThanOrEqual(")
                        + expr(Kind.DECIMAL, depth)
                        + ")");
    }
}
