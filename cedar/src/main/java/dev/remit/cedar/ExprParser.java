package dev.remit.cedar;

import dev.remit.cedar.Expr.Binary;
import dev.remit.cedar.Expr.Unary;
import dev.remit.cedar.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads expressions. How high the tree gets is bounded, so that neither reading nor evaluating it
 * can exhaust the stack.
 */
final class ExprParser {
    /** Brackets within one another, for reading. */
    private static final int DEEPEST = 64;

    /** Nodes above one another, for evaluating; a sum of many is as high as it has terms. */
    private static final int HIGHEST = 256;

    private static final String TOO_HIGH =
            "this is nested too deeply; make several conditions of it";

    private static final int MOST_SIGNS = 4;

    private static final Map<String, Binary.Operator> RELATIONS =
            Map.of(
                    "==", Binary.Operator.EQUAL,
                    "!=", Binary.Operator.NOT_EQUAL,
                    "<", Binary.Operator.LESS,
                    "<=", Binary.Operator.LESS_OR_EQUAL,
                    ">", Binary.Operator.GREATER,
                    ">=", Binary.Operator.GREATER_OR_EQUAL,
                    "in", Binary.Operator.IN);

    private final Tokens tokens;
    private final Primaries primaries;
    private int depth;

    ExprParser(Tokens tokens) {
        this.tokens = tokens;
        this.primaries = new Primaries(tokens, this);
    }

    /** One expression with nothing before it. */
    Expr whole() throws Unreadable {
        int start = tokens.here().offset();
        Expr expr = expr();
        if (expr.isHigher(HIGHEST)) {
            throw new Unreadable(start, TOO_HIGH);
        }
        return expr;
    }

    Expr expr() throws Unreadable {
        if (++depth > DEEPEST) {
            throw new Unreadable(tokens.here().offset(), TOO_HIGH);
        }
        Expr expr = tokens.at("if") ? conditional() : or();
        depth--;
        return expr;
    }

    private Expr conditional() throws Unreadable {
        tokens.take();
        Expr test = expr();
        tokens.expect("then", "after the test of `if`");
        Expr then = expr();
        tokens.expect("else", "after the first branch of `if`");
        return new Expr.If(test, then, expr());
    }

    private Expr or() throws Unreadable {
        Expr first = and();
        if (!tokens.at("||")) {
            return first;
        }
        List<Expr> any = new ArrayList<>(List.of(first));
        while (tokens.takeIf("||")) {
            any.add(and());
        }
        return new Expr.Or(List.copyOf(any));
    }

    private Expr and() throws Unreadable {
        Expr first = relation();
        if (!tokens.at("&&")) {
            return first;
        }
        List<Expr> all = new ArrayList<>(List.of(first));
        while (tokens.takeIf("&&")) {
            all.add(relation());
        }
        return new Expr.And(List.copyOf(all));
    }

    private Expr relation() throws Unreadable {
        Expr left = sum();
        if (!isRelation(tokens.here())) {
            return left;
        }
        Token sign = tokens.take();
        Binary.Operator operator = RELATIONS.get(sign.text());
        Expr relation = operator == null ? asked(left, sign) : new Binary(operator, left, sum());
        if (isRelation(tokens.here())) {
            throw tokens.unexpected("comparisons do not chain; put one of them in parentheses");
        }
        return relation;
    }

    private Expr asked(Expr left, Token sign) throws Unreadable {
        return switch (sign.text()) {
            case "has" -> new Expr.Has(left, path());
            case "like" -> new Expr.Like(left, Escapes.glob(tokens.string("after `like`")));
            case "is" -> is(left);
            default -> throw new Unreadable(sign.offset(), "two values are compared with `==`");
        };
    }

    private static boolean isRelation(Token token) {
        boolean word = token.is("has") || token.is("like") || token.is("is") || token.is("=");
        return word || (token.isWord() && RELATIONS.containsKey(token.text()));
    }

    private List<String> path() throws Unreadable {
        if (tokens.here().kind() == Kind.STRING) {
            return List.of(Escapes.text(tokens.take()));
        }
        List<String> path = new ArrayList<>(List.of(tokens.name("after `has`")));
        while (tokens.takeIf(".")) {
            path.add(tokens.name("after the dot"));
        }
        return List.copyOf(path);
    }

    private Expr is(Expr left) throws Unreadable {
        String type = tokens.path("as the type after `is`");
        if (type.endsWith("::")) {
            throw tokens.unexpected("`is` needs a type, not an entity");
        }
        return new Expr.Is(left, type, tokens.takeIf("in") ? Optional.of(sum()) : Optional.empty());
    }

    private Expr sum() throws Unreadable {
        Expr left = product();
        while (tokens.at("+") || tokens.at("-")) {
            Binary.Operator operator =
                    tokens.take().is("+") ? Binary.Operator.PLUS : Binary.Operator.MINUS;
            left = new Binary(operator, left, product());
        }
        return left;
    }

    private Expr product() throws Unreadable {
        Expr left = unary();
        while (tokens.takeIf("*")) {
            left = new Binary(Binary.Operator.TIMES, left, unary());
        }
        if (tokens.at("/") || tokens.at("%")) {
            throw tokens.unexpected(
                    "of `+`, `-` and `*` one is needed; the language has no division");
        }
        return left;
    }

    private Expr unary() throws Unreadable {
        Token sign = tokens.here();
        int count = 0;
        while (tokens.here().is(sign.text()) && (sign.is("!") || sign.is("-"))) {
            tokens.take();
            if (++count > MOST_SIGNS) {
                throw new Unreadable(
                        sign.offset(),
                        "at most " + MOST_SIGNS + " of `" + sign.text() + "` in a row");
            }
        }
        if (count == 0) {
            return primaries.member();
        }
        Expr operand;
        if (sign.is("-") && tokens.here().kind() == Kind.NUMBER) {
            // The smallest number has no positive counterpart, so the sign belongs to it.
            Primaries.Negated negated = primaries.negated();
            operand = negated.expr();
            count -= negated.signed() ? 1 : 0;
        } else {
            operand = primaries.member();
        }
        Unary.Sign operator = sign.is("!") ? Unary.Sign.NOT : Unary.Sign.MINUS;
        for (int one = 0; one < count; one++) {
            operand = new Unary(operator, operand);
        }
        return operand;
    }
}
