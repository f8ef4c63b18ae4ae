package dev.remit.cedar;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a policy's text names, wherever it stands.
 *
 * @param entities by type and id
 * @param types of entities, with or without an id
 * @param context fields of the context, as {@code input} in {@code context.input.amount}
 * @param input fields of the field {@code input} of the context
 * @param wholeContext whether the context is looked at other than by the name of a field
 */
public record Mentions(
        Set<Uid> entities,
        Set<String> types,
        Set<String> context,
        Set<String> input,
        boolean wholeContext) {
    public Mentions {
        entities = Set.copyOf(entities);
        types = Set.copyOf(types);
        context = Set.copyOf(context);
        input = Set.copyOf(input);
    }

    static Mentions of(Policy policy) {
        Gathering found = new Gathering();
        found.add(policy.head().principal());
        found.add(policy.head().action());
        found.add(policy.head().resource());
        policy.conditions().forEach(one -> found.walk(one.expr()));
        return new Mentions(found.entities, found.types, found.context, found.input, found.whole);
    }

    private static final class Gathering {
        private final Set<Uid> entities = new LinkedHashSet<>();
        private final Set<String> types = new LinkedHashSet<>();
        private final Set<String> context = new LinkedHashSet<>();
        private final Set<String> input = new LinkedHashSet<>();
        private boolean whole;

        void add(Scope scope) {
            scope.anchors().forEach(this::add);
            switch (scope) {
                case Scope.Is(String type) -> types.add(type);
                case Scope.In(var type, var _) -> type.ifPresent(types::add);
                case Scope.Slot(var type, var _) -> type.ifPresent(types::add);
                case Scope.Any(), Scope.Equal _ -> {}
            }
        }

        private void add(Uid uid) {
            entities.add(uid);
            types.add(uid.type());
        }

        /** Level by level, not by recursion, as the text may be high. */
        void walk(Expr start) {
            Deque<Expr> open = new ArrayDeque<>(List.of(start));
            while (!open.isEmpty()) {
                Expr one = open.removeLast();
                if (!isField(one)) {
                    open.addAll(one.parts());
                }
                switch (one) {
                    case Expr.Literal(Value value) -> literal(value);
                    case Expr.Variable(var name) -> whole |= name == Expr.Variable.Name.CONTEXT;
                    case Expr.Is(var _, String type, var _) -> types.add(type);
                    case Expr.If _,
                            Expr.And _,
                            Expr.Or _,
                            Expr.Unary _,
                            Expr.Binary _,
                            Expr.Get _,
                            Expr.Has _,
                            Expr.Like _,
                            Expr.SetOf _,
                            Expr.RecordOf _,
                            Expr.Call _ -> {}
                }
            }
        }

        /**
         * Notes a field of the context or of its input; such an expression needs no second look.
         */
        private boolean isField(Expr one) {
            return switch (one) {
                case Expr.Get(Expr of, String name) when isContext(of) -> {
                    context.add(name);
                    yield true;
                }
                case Expr.Get(Expr.Get(Expr of, String above), String name)
                        when isContext(of) && above.equals("input") -> {
                    context.add(above);
                    input.add(name);
                    yield true;
                }
                case Expr.Has(Expr of, List<String> path) when isContext(of) -> {
                    context.add(path.getFirst());
                    if (path.size() > 1 && path.getFirst().equals("input")) {
                        input.add(path.get(1));
                    }
                    yield true;
                }
                case Expr.Has(Expr.Get(Expr of, String above), List<String> path)
                        when isContext(of) && above.equals("input") -> {
                    context.add(above);
                    input.add(path.getFirst());
                    yield true;
                }
                case Expr.Get _,
                        Expr.Has _,
                        Expr.Literal _,
                        Expr.Variable _,
                        Expr.If _,
                        Expr.And _,
                        Expr.Or _,
                        Expr.Unary _,
                        Expr.Binary _,
                        Expr.Like _,
                        Expr.Is _,
                        Expr.SetOf _,
                        Expr.RecordOf _,
                        Expr.Call _ ->
                        false;
            };
        }

        private static boolean isContext(Expr one) {
            return one.equals(new Expr.Variable(Expr.Variable.Name.CONTEXT));
        }

        private void literal(Value value) {
            Deque<Value> open = new ArrayDeque<>(List.of(value));
            while (!open.isEmpty()) {
                switch (open.removeLast()) {
                    case Uid uid -> add(uid);
                    case Value.Elements elements -> open.addAll(elements.values());
                    case Value.Fields fields -> open.addAll(fields.values().values());
                    case Value.Bool _,
                            Value.Whole _,
                            Value.Text _,
                            Decimal _,
                            Ip _,
                            Datetime _,
                            Duration _ -> {}
                }
            }
        }
    }
}
