package dev.remit.cedar;

import dev.remit.cedar.Expr.Binary;
import dev.remit.cedar.Expr.Unary;
import dev.remit.cedar.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what operators stand between: constants, variables, sets, records, calls, attributes. */
final class Primaries {
    private static final Map<String, Expr> VARIABLES =
            Map.of(
                    "principal", new Expr.Variable(Expr.Variable.Name.PRINCIPAL),
                    "action", new Expr.Variable(Expr.Variable.Name.ACTION),
                    "resource", new Expr.Variable(Expr.Variable.Name.RESOURCE),
                    "context", new Expr.Variable(Expr.Variable.Name.CONTEXT));

    private static final Map<String, Binary.Operator> METHODS =
            Map.of(
                    "contains", Binary.Operator.CONTAINS,
                    "containsAll", Binary.Operator.CONTAINS_ALL,
                    "containsAny", Binary.Operator.CONTAINS_ANY,
                    "hasTag", Binary.Operator.HAS_TAG,
                    "getTag", Binary.Operator.GET_TAG);

    private final Tokens tokens;
    private final ExprParser parser;

    Primaries(Tokens tokens, ExprParser parser) {
        this.tokens = tokens;
        this.parser = parser;
    }

    /** A number after a minus, and whether that one is part of it. */
    record Negated(Expr expr, boolean signed) {}

    Negated negated() throws Unreadable {
        Token digits = tokens.take();
        if (isAccess()) {
            return new Negated(accesses(number(digits, "")), false);
        }
        return new Negated(number(digits, "-"), true);
    }

    private static Expr number(Token digits, String sign) throws Unreadable {
        try {
            return new Expr.Literal(new Value.Whole(Long.parseLong(sign + digits.text())));
        } catch (NumberFormatException tooLarge) {
            throw new Unreadable(digits.offset(), "this number does not fit into 64 bits");
        }
    }

    Expr member() throws Unreadable {
        return accesses(primary());
    }

    private Expr primary() throws Unreadable {
        Token here = tokens.here();
        return switch (here.kind()) {
            case NUMBER -> number(tokens.take(), "");
            case STRING -> new Expr.Literal(new Value.Text(Escapes.text(tokens.take())));
            case NAME -> named(here);
            case MARK -> bracketed();
            case SLOT ->
                    throw tokens.unexpected("slots stand in the head only; a value is needed here");
            case END -> throw tokens.unexpected("a value is needed");
        };
    }

    private Expr named(Token here) throws Unreadable {
        if (tokens.takeIf("true")) {
            return new Expr.Literal(Value.Bool.TRUE);
        }
        if (tokens.takeIf("false")) {
            return new Expr.Literal(Value.Bool.FALSE);
        }
        if (here.is("if")) {
            throw tokens.unexpected(
                    "an `if` within an expression is put in parentheses: a value is needed");
        }
        String path = tokens.path("of a variable, entity or function");
        if (path.endsWith("::")) {
            return new Expr.Literal(tokens.uid(path));
        }
        Expr variable = VARIABLES.get(path);
        if (variable != null && !tokens.at("(")) {
            return variable;
        }
        Optional<Function> function = Function.named(path);
        if (!tokens.at("(") || function.isEmpty()) {
            throw new Unreadable(
                    here.offset(),
                    "`"
                            + path
                            + "` means nothing here; there are principal, action, resource, context,"
                            + " entities such as User::\"alice\", and ip(), decimal(), datetime(),"
                            + " duration()");
        }
        if (function.get().style() == Function.Style.METHOD) {
            throw new Unreadable(
                    here.offset(), "`" + path + "` is written after a value and a dot");
        }
        tokens.take();
        return Constants.call(function.get(), list(")"));
    }

    private Expr bracketed() throws Unreadable {
        if (tokens.takeIf("(")) {
            Expr inner = parser.expr();
            tokens.expect(")", "after an expression in parentheses");
            return inner;
        }
        if (tokens.takeIf("[")) {
            return Constants.set(list("]"));
        }
        if (tokens.takeIf("{")) {
            return record();
        }
        throw tokens.unexpected("a value is needed");
    }

    private Expr record() throws Unreadable {
        Map<String, Expr> fields = new LinkedHashMap<>();
        while (!tokens.takeIf("}")) {
            Token key = tokens.here();
            String name =
                    key.kind() == Kind.STRING
                            ? Escapes.text(tokens.take())
                            : tokens.name("or a string as a field of a record");
            tokens.expect(":", "after a field's name");
            if (fields.put(name, parser.expr()) != null) {
                throw new Unreadable(key.offset(), "the field " + key.shown() + " comes twice");
            }
            if (!tokens.at("}")) {
                tokens.expect(",", "between two fields");
            }
        }
        return Constants.record(fields);
    }

    /** Expressions with commas between them; the closing bracket is taken too. */
    private List<Expr> list(String close) throws Unreadable {
        List<Expr> list = new ArrayList<>();
        while (!tokens.takeIf(close)) {
            list.add(parser.expr());
            if (!tokens.at(close)) {
                tokens.expect(",", "between two values");
            }
        }
        return List.copyOf(list);
    }

    private boolean isAccess() {
        return tokens.at(".") || tokens.at("[") || tokens.at("(");
    }

    private Expr accesses(Expr first) throws Unreadable {
        Expr at = first;
        while (isAccess()) {
            if (tokens.takeIf(".")) {
                at = dotted(at);
            } else if (tokens.takeIf("[")) {
                at = new Expr.Get(at, Escapes.text(tokens.string("as the attribute's name")));
                tokens.expect("]", "after the attribute's name");
            } else {
                throw tokens.unexpected(
                        "only functions and methods are called; an operator is needed");
            }
        }
        return at;
    }

    private Expr dotted(Expr of) throws Unreadable {
        Token name = tokens.here();
        String text = tokens.name("after the dot");
        if (!tokens.takeIf("(")) {
            return new Expr.Get(of, text);
        }
        List<Expr> arguments = list(")");
        if (text.equals("isEmpty")) {
            checkCount(name, 0, arguments);
            return new Unary(Unary.Sign.IS_EMPTY, of);
        }
        Binary.Operator operator = METHODS.get(text);
        if (operator != null) {
            checkCount(name, 1, arguments);
            return new Binary(operator, of, arguments.getFirst());
        }
        Optional<Function> function = Function.named(text);
        if (function.isEmpty() || function.get().style() == Function.Style.FUNCTION) {
            throw new Unreadable(name.offset(), "there is no method " + name.shown());
        }
        List<Expr> all = new ArrayList<>(List.of(of));
        all.addAll(arguments);
        return Constants.call(function.get(), List.copyOf(all));
    }

    private static void checkCount(Token name, int wanted, List<Expr> arguments) throws Unreadable {
        if (arguments.size() != wanted) {
            throw new Unreadable(
                    name.offset(),
                    name.shown()
                            + " takes "
                            + wanted
                            + " arguments, and there are "
                            + arguments.size());
        }
    }
}
