package dev.remit.cedar;

import dev.remit.cedar.Policy.Condition;
import dev.remit.cedar.Policy.Effect;
import dev.remit.cedar.Policy.Head;
import dev.remit.cedar.Token.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads policies: annotations, effect, head, conditions. */
final class PolicyParser {
    /** No text of policies that a person keeps is longer. */
    static final int LONGEST = 16 * 1024 * 1024;

    private final String text;
    private final Tokens tokens;
    private final ExprParser expressions;
    private final Set<String> ids = new HashSet<>();
    private int line = 1;
    private int counted;

    private PolicyParser(String text) throws Unreadable {
        this.text = text;
        this.tokens = new Tokens(text);
        this.expressions = new ExprParser(tokens);
    }

    static List<Policy> read(String text) throws Unreadable {
        if (text.length() > LONGEST) {
            throw new Unreadable(
                    0, "a text has at most " + LONGEST + " characters; split it into several");
        }
        PolicyParser parser = new PolicyParser(text);
        List<Policy> policies = new ArrayList<>();
        while (!parser.tokens.atEnd()) {
            policies.add(parser.policy(policies.size()));
        }
        return policies;
    }

    private Policy policy(int place) throws Unreadable {
        int start = tokens.here().offset();
        Map<String, String> annotations = annotations();
        Effect effect = effect();
        tokens.expect("(", "after the effect");
        Scope principal = scope("principal", ",");
        Scope action = actionScope();
        Scope resource = scope("resource", ")");
        List<Condition> conditions = new ArrayList<>();
        while (!tokens.at(";")) {
            conditions.add(condition());
        }
        tokens.take();
        String id = annotations.getOrDefault("id", "policy" + place);
        if (!ids.add(id)) {
            throw new Unreadable(start, "another policy has the id `" + id + "`; choose a new one");
        }
        Head head = new Head(principal, action, resource);
        return new Policy(id, effect, annotations, head, conditions, lineOf(start));
    }

    private int lineOf(int offset) {
        while (counted < offset) {
            if (text.charAt(counted++) == '\n') {
                line++;
            }
        }
        return line;
    }

    private Map<String, String> annotations() throws Unreadable {
        Map<String, String> annotations = new HashMap<>();
        while (tokens.at("@")) {
            int start = tokens.take().offset();
            if (tokens.here().kind() != Kind.NAME) {
                throw tokens.unexpected("an annotation's name is needed after `@`");
            }
            String name = tokens.take().text();
            String value = "";
            if (tokens.takeIf("(")) {
                value = Escapes.text(tokens.string("in an annotation"));
                tokens.expect(")", "after an annotation's text");
            }
            if (annotations.put(name, value) != null) {
                throw new Unreadable(start, "the annotation `@" + name + "` comes twice");
            }
            if (name.equals("id") && value.isEmpty()) {
                throw new Unreadable(start, "`@id` needs a text: @id(\"name\")");
            }
        }
        return annotations;
    }

    private Effect effect() throws Unreadable {
        if (tokens.takeIf("permit")) {
            return Effect.PERMIT;
        }
        if (tokens.takeIf("forbid")) {
            return Effect.FORBID;
        }
        throw tokens.unexpected("a policy begins with `permit` or `forbid`");
    }

    private Scope scope(String variable, String after) throws Unreadable {
        variable(variable);
        Scope scope = constraint(variable);
        end(variable, after);
        return scope;
    }

    private void variable(String variable) throws Unreadable {
        tokens.expect(
                variable,
                "here: a head is (principal, action, resource), each with or without a limit");
        if (tokens.at(":")) {
            throw tokens.unexpected("a type is given with `is`");
        }
    }

    private void end(String variable, String after) throws Unreadable {
        if (tokens.takeIf(",")) {
            if (after.equals(")")) {
                tokens.expect(")", "after " + variable);
            }
            return;
        }
        tokens.expect(after, "after " + variable);
    }

    private Scope constraint(String variable) throws Unreadable {
        if (tokens.takeIf("==")) {
            return isSlot(variable)
                    ? new Scope.Slot(Optional.empty(), true)
                    : new Scope.Equal(entity());
        }
        if (tokens.at("is")) {
            tokens.take();
            String type = type();
            return tokens.takeIf("in") ? in(variable, Optional.of(type)) : new Scope.Is(type);
        }
        return tokens.takeIf("in") ? in(variable, Optional.empty()) : new Scope.Any();
    }

    private Scope in(String variable, Optional<String> type) throws Unreadable {
        return isSlot(variable)
                ? new Scope.Slot(type, false)
                : new Scope.In(type, List.of(entity()));
    }

    private String type() throws Unreadable {
        String type = tokens.path("as the type after `is`");
        if (type.endsWith("::")) {
            throw tokens.unexpected("`is` needs a type, not an entity");
        }
        return type;
    }

    private boolean isSlot(String variable) throws Unreadable {
        if (tokens.here().kind() != Kind.SLOT) {
            return false;
        }
        if (!tokens.here().text().equals("?" + variable)) {
            throw tokens.unexpected("the slot of this place is `?" + variable + "`");
        }
        tokens.take();
        return true;
    }

    private Scope actionScope() throws Unreadable {
        variable("action");
        Scope scope = new Scope.Any();
        if (tokens.takeIf("==")) {
            scope = new Scope.Equal(action());
        } else if (tokens.takeIf("in")) {
            scope =
                    new Scope.In(
                            Optional.empty(), tokens.takeIf("[") ? actions() : List.of(action()));
        }
        end("action", ",");
        return scope;
    }

    private List<Uid> actions() throws Unreadable {
        List<Uid> actions = new ArrayList<>();
        while (!tokens.takeIf("]")) {
            actions.add(action());
            if (!tokens.at("]")) {
                tokens.expect(",", "between two actions");
            }
        }
        return List.copyOf(actions);
    }

    private Uid action() throws Unreadable {
        int start = tokens.here().offset();
        Uid action = entity();
        if (!action.isAction()) {
            throw new Unreadable(start, "an action has the type `Action`, as in Action::\"view\"");
        }
        return action;
    }

    private Uid entity() throws Unreadable {
        String path = tokens.path("of an entity, such as User::\"alice\"");
        if (!path.endsWith("::")) {
            throw tokens.unexpected("`::` and an id in quotes are needed after the type");
        }
        return tokens.uid(path);
    }

    private Condition condition() throws Unreadable {
        boolean when = tokens.takeIf("when");
        if (!when && !tokens.takeIf("unless")) {
            throw tokens.unexpected("`when`, `unless` or the `;` that ends the policy is needed");
        }
        tokens.expect("{", "before a condition");
        Expr expr = expressions.whole();
        tokens.expect("}", "after a condition");
        return new Condition(when, expr);
    }
}
