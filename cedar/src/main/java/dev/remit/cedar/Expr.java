package dev.remit.cedar;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a condition says, once read: the tree that is evaluated. */
sealed interface Expr {
    /** A constant; whatever is made of constants only is one. */
    record Literal(Value value) implements Expr {}

    record Variable(Name name) implements Expr {
        enum Name {
            PRINCIPAL,
            ACTION,
            RESOURCE,
            CONTEXT
        }
    }

    record If(Expr test, Expr then, Expr otherwise) implements Expr {}

    record And(List<Expr> all) implements Expr {}

    record Or(List<Expr> any) implements Expr {}

    record Unary(Sign sign, Expr operand) implements Expr {
        enum Sign {
            NOT,
            MINUS,
            IS_EMPTY
        }
    }

    record Binary(Operator operator, Expr left, Expr right) implements Expr {
        enum Operator {
            EQUAL,
            NOT_EQUAL,
            LESS,
            LESS_OR_EQUAL,
            GREATER,
            GREATER_OR_EQUAL,
            PLUS,
            MINUS,
            TIMES,
            IN,
            CONTAINS,
            CONTAINS_ALL,
            CONTAINS_ANY,
            HAS_TAG,
            GET_TAG
        }
    }

    record Get(Expr of, String name) implements Expr {}

    /** {@code of has a.b.c}. */
    record Has(Expr of, List<String> path) implements Expr {}

    record Like(Expr text, Glob glob) implements Expr {}

    /** {@code of is type in within}; evaluated once, though it asks twice. */
    record Is(Expr of, String type, Optional<Expr> within) implements Expr {}

    record SetOf(List<Expr> elements) implements Expr {}

    record RecordOf(Map<String, Expr> fields) implements Expr {}

    record Call(Function function, List<Expr> arguments) implements Expr {}

    /** What it is made of. */
    private List<Expr> parts() {
        return switch (this) {
            case Literal _, Variable _ -> List.of();
            case If(Expr test, Expr then, Expr otherwise) -> List.of(test, then, otherwise);
            case And(var all) -> all;
            case Or(var any) -> any;
            case Unary(var _, Expr operand) -> List.of(operand);
            case Binary(var _, Expr left, Expr right) -> List.of(left, right);
            case Get(Expr of, var _) -> List.of(of);
            case Has(Expr of, var _) -> List.of(of);
            case Like(Expr text, var _) -> List.of(text);
            case Is(Expr of, var _, var within) ->
                    within.isPresent() ? List.of(of, within.get()) : List.of(of);
            case SetOf(var elements) -> elements;
            case RecordOf(var fields) -> List.copyOf(fields.values());
            case Call(var _, var arguments) -> arguments;
        };
    }

    /** Whether more levels stand above one another; asked level by level, not by recursion. */
    default boolean isHigher(int levels) {
        List<Expr> level = List.of(this);
        for (int count = 0; count < levels && !level.isEmpty(); count++) {
            List<Expr> next = new ArrayList<>();
            level.forEach(one -> next.addAll(one.parts()));
            level = next;
        }
        return !level.isEmpty();
    }
}
