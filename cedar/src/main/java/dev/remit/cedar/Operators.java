package dev.remit.cedar;

import dev.remit.cedar.Expr.Binary;
import dev.remit.cedar.Expr.Unary;
import java.util.Collections;
import java.util.Set;

/** The operators and the methods of sets and tags, on values. */
final class Operators {
    private final Entities entities;

    Operators(Entities entities) {
        this.entities = entities;
    }

    Value apply(Unary.Sign sign, Value operand) throws Fault {
        return switch (sign) {
            case NOT -> Value.Bool.of(!bool(operand));
            case MINUS -> new Value.Whole(Sums.minus(0, whole(operand)));
            case IS_EMPTY -> Value.Bool.of(set(operand).isEmpty());
        };
    }

    Value apply(Binary.Operator operator, Value left, Value right) throws Fault {
        return switch (operator) {
            case EQUAL -> Value.Bool.of(left.equals(right));
            case NOT_EQUAL -> Value.Bool.of(!left.equals(right));
            case LESS -> Value.Bool.of(compare(left, right) < 0);
            case LESS_OR_EQUAL -> Value.Bool.of(compare(left, right) <= 0);
            case GREATER -> Value.Bool.of(compare(left, right) > 0);
            case GREATER_OR_EQUAL -> Value.Bool.of(compare(left, right) >= 0);
            case PLUS -> new Value.Whole(Sums.plus(whole(left), whole(right)));
            case MINUS -> new Value.Whole(Sums.minus(whole(left), whole(right)));
            case TIMES -> new Value.Whole(Sums.times(whole(left), whole(right)));
            case IN -> Value.Bool.of(isIn(uid(left, "entity"), right));
            case CONTAINS -> Value.Bool.of(set(left).contains(right));
            case CONTAINS_ALL -> Value.Bool.of(set(left).containsAll(set(right)));
            case CONTAINS_ANY -> Value.Bool.of(!Collections.disjoint(set(left), set(right)));
            case HAS_TAG -> Value.Bool.of(hasTag(uid(left, "entity"), text(right)));
            case GET_TAG -> tag(uid(left, "entity"), text(right));
        };
    }

    /** {@code in}: the entity itself, or one that it hangs below; of a set, any of them. */
    boolean isIn(Uid uid, Value right) throws Fault {
        if (right instanceof Uid one) {
            return isIn(uid, one);
        }
        if (!(right instanceof Value.Elements all)) {
            throw Fault.unexpected("entity or set of entities", right);
        }
        // All of them are looked at: one that is no entity is an error, wherever it stands.
        boolean found = false;
        for (Value one : all.values()) {
            found |= isIn(uid, uid(one, "entity"));
        }
        return found;
    }

    private boolean isIn(Uid uid, Uid above) {
        return uid.equals(above) || entities.above(uid).contains(above);
    }

    private boolean hasTag(Uid uid, String name) {
        return entities.find(uid).map(one -> one.tags().values().containsKey(name)).orElse(false);
    }

    private Value tag(Uid uid, String name) throws Fault {
        Value found = entities.find(uid).map(one -> one.tags().values().get(name)).orElse(null);
        if (found == null) {
            throw new Fault("this " + uid.type() + " has no such tag; ask `hasTag` first");
        }
        return found;
    }

    private static int compare(Value left, Value right) throws Fault {
        if (left instanceof Datetime one && right instanceof Datetime other) {
            return one.compareTo(other);
        }
        if (left instanceof Duration one && right instanceof Duration other) {
            return one.compareTo(other);
        }
        return Long.compare(whole(left), whole(right));
    }

    static boolean bool(Value value) throws Fault {
        if (value instanceof Value.Bool bool) {
            return bool == Value.Bool.TRUE;
        }
        throw Fault.unexpected("bool", value);
    }

    static String text(Value value) throws Fault {
        if (value instanceof Value.Text(String text)) {
            return text;
        }
        throw Fault.unexpected("string", value);
    }

    static Uid uid(Value value, String wanted) throws Fault {
        if (value instanceof Uid uid) {
            return uid;
        }
        throw Fault.unexpected(wanted, value);
    }

    private static long whole(Value value) throws Fault {
        if (value instanceof Value.Whole(long whole)) {
            return whole;
        }
        throw Fault.unexpected("long", value);
    }

    private static Set<Value> set(Value value) throws Fault {
        if (value instanceof Value.Elements elements) {
            return elements.values();
        }
        throw Fault.unexpected("set", value);
    }
}
