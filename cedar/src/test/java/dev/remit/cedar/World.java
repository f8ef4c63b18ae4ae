package dev.remit.cedar;

import dev.remit.cedar.Words.Kind;
import java.util.List;
import java.util.StringJoiner;

/**
 * Entities, requests and policies from a seed, as texts that any implementation reads. What stands
 * together mostly fits together, so that most of it is evaluated to the end, and sometimes does
 * not.
 */
final class World {
    private final Words words;
    private final Conditions conditions;

    World(long seed) {
        this.words = new Words(seed);
        this.conditions = new Conditions(words);
    }

    List<String> policies(int count) {
        return conditions.policies(count);
    }

    /** Principal, action, resource. */
    List<String> request() {
        return words.chance(90)
                ? List.of(words.any(Words.USERS), words.any(Words.ACTIONS), words.any(Words.THINGS))
                : List.of(words.uid(), words.uid(), words.uid());
    }

    /** All entities, without a circle: each hangs only below what comes later in its row. */
    String entities() {
        StringJoiner all = new StringJoiner(",", "[", "]");
        for (String user : Words.USERS) {
            all.add(entity(user, Words.GROUPS));
        }
        all.add(entity(Words.GROUPS[0], Words.GROUPS[1], Words.GROUPS[2]));
        all.add(entity(Words.GROUPS[1], Words.GROUPS[2]));
        all.add(entity(Words.THINGS[0], Words.THINGS[1], Words.THINGS[2]));
        all.add(entity(Words.THINGS[1], Words.THINGS[2], Words.GROUPS[2]));
        if (words.chance(70)) {
            all.add(entity(Words.THINGS[2]));
        }
        all.add(entity(Words.ACTIONS[0], Words.ACTIONS[2]));
        all.add(entity(Words.ACTIONS[1], Words.ACTIONS[2]));
        all.add(entity(Words.ACTIONS[2]));
        return all.toString();
    }

    private String entity(String uid, String... above) {
        StringJoiner parents = new StringJoiner(",", "[", "]");
        for (String one : above) {
            if (words.chance(40)) {
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
        return words.chance(50) ? "{}" : "{\"t\":" + value(words.any(Kind.values()), 1) + "}";
    }

    /** A record with an attribute of each kind, some missing, some of another kind. */
    String fields(int depth) {
        StringJoiner fields = new StringJoiner(",", "{", "}");
        for (Kind kind : Kind.values()) {
            if (words.chance(85)) {
                Kind actual = words.chance(92) ? kind : words.any(Kind.values());
                fields.add('"' + Words.name(kind) + "\":" + value(actual, depth));
            }
        }
        return fields.toString();
    }

    private String value(Kind kind, int depth) {
        return switch (kind) {
            case BOOL -> words.any("true", "false");
            case LONG -> words.number();
            case STRING -> words.string();
            case ENTITY -> "{\"__entity\":" + json(words.uid()) + "}";
            case SET -> depth == 0 ? "[]" : values(words.any(Kind.values()), depth - 1);
            case RECORD -> depth == 0 ? "{}" : fields(depth - 1);
            case DECIMAL, IP, DATETIME, DURATION ->
                    "{\"__extn\":{\"fn\":\"%s\",\"arg\":%s}}"
                            .formatted(Words.function(kind), words.good(kind));
        };
    }

    private String values(Kind kind, int depth) {
        StringJoiner values = new StringJoiner(",", "[", "]");
        for (int count = words.below(4); count > 0; count--) {
            values.add(value(kind, depth));
        }
        return values.toString();
    }
}
