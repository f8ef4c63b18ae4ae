package dev.remit.access;

import dev.remit.call.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Several questions in one request (Authorization API 1.0, section 7.1), each by itself: what is
 * wrong with one is told of that one alone.
 *
 * @param items in their order
 */
record Evaluations(List<Item> items, Semantic semantic) {
    /** How many there are at most. */
    static final int MOST = 100;

    private static final List<String> DEFAULTS =
            List.of("subject", "action", "resource", "context");

    /** How far they are gone through. */
    enum Semantic {
        EXECUTE_ALL,
        DENY_ON_FIRST_DENY,
        PERMIT_ON_FIRST_PERMIT;

        boolean endsAfter(boolean decision) {
            return switch (this) {
                case EXECUTE_ALL -> false;
                case DENY_ON_FIRST_DENY -> !decision;
                case PERMIT_ON_FIRST_PERMIT -> decision;
            };
        }
    }

    /** One of them. */
    sealed interface Item {
        record Good(Evaluation evaluation) implements Item {}

        record Wrong(Unreadable why) implements Item {}
    }

    /** Reads a request; empty if it asks one thing alone. */
    static Optional<Evaluations> read(Value.Fields request) {
        Semantic semantic = semantic(request);
        if (request.get("evaluations").isEmpty()) {
            return Optional.empty();
        }
        if (!(request.get("evaluations").get() instanceof Value.Items(List<Value> asked))) {
            throw Unreadable.of("`evaluations` must be an array");
        }
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        if (asked.size() > MOST) {
            throw Unreadable.tooLarge("there are more than " + MOST + " evaluations");
        }
        checkDefaults(request);
        List<Item> items = new ArrayList<>();
        for (Value one : asked) {
            items.add(item(one, request));
        }
        return Optional.of(new Evaluations(List.copyOf(items), semantic));
    }

    private static Semantic semantic(Value.Fields request) {
        if (request.get("options").isEmpty()) {
            return Semantic.EXECUTE_ALL;
        }
        Value.Fields options = Entity.object(request, "options");
        if (options.get("evaluations_semantic").isEmpty()) {
            return Semantic.EXECUTE_ALL;
        }
        return switch (Entity.text(options, "options", "evaluations_semantic")) {
            case "execute_all" -> Semantic.EXECUTE_ALL;
            case "deny_on_first_deny" -> Semantic.DENY_ON_FIRST_DENY;
            case "permit_on_first_permit" -> Semantic.PERMIT_ON_FIRST_PERMIT;
            default -> throw Unreadable.of("`options.evaluations_semantic` is not known");
        };
    }

    /** What holds for all is part of the request as a whole, and wrong as a whole. */
    private static void checkDefaults(Value.Fields request) {
        for (String name : List.of("subject", "resource")) {
            if (request.get(name).isPresent()) {
                Entity.read(request, name);
            }
        }
        if (request.get("action").isPresent()) {
            Entity.text(Entity.fields(request, "action"), "action", "name");
        }
        Evaluation.mandate(request);
    }

    /** Whatever it has of its own stands in the place of the default as a whole. */
    private static Item item(Value one, Value.Fields defaults) {
        if (!(one instanceof Value.Fields whole)) {
            return new Item.Wrong(Unreadable.of("an evaluation must be an object"));
        }
        for (String name : DEFAULTS) {
            Optional<Value> inherited = defaults.get(name);
            if (whole.get(name).isEmpty() && inherited.isPresent()) {
                whole = whole.with(name, inherited.get());
            }
        }
        try {
            return new Item.Good(Evaluation.read(whole));
        } catch (Unreadable wrong) {
            return new Item.Wrong(wrong);
        }
    }

    /** Goes through them as far as is asked. */
    Value.Fields answer(Function<Evaluation, Value.Fields> decide) {
        List<Value> decisions = new ArrayList<>();
        for (Item item : items) {
            Value.Fields decision =
                    switch (item) {
                        case Item.Good(Evaluation evaluation) -> decide.apply(evaluation);
                        case Item.Wrong(Unreadable why) -> Words.wrong(why);
                    };
            decisions.add(decision);
            if (semantic.endsAfter(decision.flag("decision"))) {
                break;
            }
        }
        return Value.object().put("evaluations", new Value.Items(decisions)).build();
    }
}
