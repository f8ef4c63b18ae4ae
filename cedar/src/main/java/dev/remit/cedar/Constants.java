package dev.remit.cedar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is made of constants only is made once, when it is read. */
final class Constants {
    private Constants() {}

    static Expr set(List<Expr> elements) {
        return areConstant(elements)
                ? new Expr.Literal(new Value.Elements(values(elements)))
                : new Expr.SetOf(elements);
    }

    static Expr record(Map<String, Expr> fields) {
        if (!areConstant(fields.values())) {
            return new Expr.RecordOf(Map.copyOf(fields));
        }
        Map<String, Value> values = new HashMap<>();
        fields.forEach((name, one) -> values.put(name, ((Expr.Literal) one).value()));
        return new Expr.Literal(new Value.Fields(values));
    }

    /** A call that fails stays a call: that it fails is known only if it is reached. */
    static Expr call(Function function, List<Expr> arguments) {
        Expr.Call call = new Expr.Call(function, arguments);
        if (!areConstant(arguments)) {
            return call;
        }
        try {
            return new Expr.Literal(function.call(values(arguments)));
        } catch (Fault _) {
            return call;
        }
    }

    private static boolean areConstant(Iterable<Expr> all) {
        for (Expr one : all) {
            if (!(one instanceof Expr.Literal)) {
                return false;
            }
        }
        return true;
    }

    private static List<Value> values(List<Expr> all) {
        List<Value> values = new ArrayList<>(all.size());
        for (Expr one : all) {
            if (one instanceof Expr.Literal(Value value)) {
                values.add(value);
            }
        }
        return values;
    }
}
