package dev.remit.cedar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an expression is worth for one request: a value or a {@link Fault}, always, and the same for
 * the same. Its stack is no deeper than the parser let the tree be.
 */
final class Evaluator {
    private final Request request;
    private final Entities entities;
    private final Operators operators;

    Evaluator(Request request, Entities entities) {
        this.request = request;
        this.entities = entities;
        this.operators = new Operators(entities);
    }

    boolean holds(Expr expr) throws Fault {
        return Operators.bool(value(expr));
    }

    Value value(Expr expr) throws Fault {
        return switch (expr) {
            case Expr.Literal(Value value) -> value;
            case Expr.Variable(var name) -> variable(name);
            case Expr.If(Expr test, Expr then, Expr otherwise) ->
                    value(holds(test) ? then : otherwise);
            case Expr.And(var all) -> Value.Bool.of(all(all));
            case Expr.Or(var any) -> Value.Bool.of(any(any));
            case Expr.Unary(var sign, Expr operand) -> operators.apply(sign, value(operand));
            case Expr.Binary(var operator, Expr left, Expr right) ->
                    operators.apply(operator, value(left), value(right));
            case Expr.Get(Expr of, String name) -> get(value(of), name);
            case Expr.Has(Expr of, var path) -> Value.Bool.of(has(value(of), path));
            case Expr.Like(Expr text, Glob glob) ->
                    Value.Bool.of(glob.matches(Operators.text(value(text))));
            case Expr.Is(Expr of, String type, var within) ->
                    Value.Bool.of(is(value(of), type, within));
            case Expr.SetOf(var elements) -> new Value.Elements(values(elements));
            case Expr.RecordOf(var fields) -> record(fields);
            case Expr.Call(Function function, var arguments) -> function.call(values(arguments));
        };
    }

    private Value variable(Expr.Variable.Name name) {
        return switch (name) {
            case PRINCIPAL -> request.principal();
            case ACTION -> request.action();
            case RESOURCE -> request.resource();
            case CONTEXT -> request.context();
        };
    }

    private boolean all(List<Expr> operands) throws Fault {
        for (Expr one : operands) {
            if (!holds(one)) {
                return false;
            }
        }
        return true;
    }

    private boolean any(List<Expr> operands) throws Fault {
        for (Expr one : operands) {
            if (holds(one)) {
                return true;
            }
        }
        return false;
    }

    private Value get(Value of, String name) throws Fault {
        Value found = fields(of, true).get(name);
        if (found == null) {
            throw new Fault(
                    "this " + of.kind() + " has no attribute `" + name + "`; ask `has` first");
        }
        return found;
    }

    private boolean has(Value of, List<String> path) throws Fault {
        Value at = of;
        for (String name : path) {
            Value found = fields(at, false).get(name);
            if (found == null) {
                return false;
            }
            at = found;
        }
        return true;
    }

    private Map<String, Value> fields(Value of, boolean needed) throws Fault {
        if (of instanceof Value.Fields fields) {
            return fields.values();
        }
        Uid uid = Operators.uid(of, "record or entity");
        Optional<Entity> entity = entities.find(uid);
        if (entity.isEmpty() && needed) {
            throw new Fault("nothing is known of this " + uid.type());
        }
        return entity.map(one -> one.attributes().values()).orElse(Map.of());
    }

    private boolean is(Value of, String type, Optional<Expr> within) throws Fault {
        Uid uid = Operators.uid(of, "entity");
        if (!uid.type().equals(type) || within.isEmpty()) {
            return uid.type().equals(type);
        }
        return operators.isIn(uid, value(within.get()));
    }

    private List<Value> values(List<Expr> all) throws Fault {
        List<Value> values = new ArrayList<>(all.size());
        for (Expr one : all) {
            values.add(value(one));
        }
        return values;
    }

    private Value record(Map<String, Expr> fields) throws Fault {
        Map<String, Value> values = new HashMap<>();
        for (Map.Entry<String, Expr> one : fields.entrySet()) {
            values.put(one.getKey(), value(one.getValue()));
        }
        return new Value.Fields(values);
    }
}
