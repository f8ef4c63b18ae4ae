package dev.remit.decision.intent;

import dev.remit.call.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes one answer apart, as far as there is room for it; what there is no room for counts as never
 * seen.
 */
final class Intake {
    private static final Lexicon LEXICON = Lexicon.english();
    private static final String WHOLE = "text"; // the key of an answer without structure
    private static final int LONGEST_POINTER = 200; // characters
    private static final int LONGEST_FIELD = 8; // words

    private final Plan plan;
    private final Output output;
    private final Map<String, Key> keys = new HashMap<>();
    private long room;

    /** What a field's name says of its values. */
    private record Key(boolean content, boolean secret) {}

    Intake(Plan plan, Output output, long room) {
        this.plan = plan;
        this.output = output;
        this.room = room;
    }

    void take(List<Value> answer) {
        for (Value value : answer) {
            String key = value instanceof Value.Text ? WHOLE : "";
            walk(value, key, new Leaf.Node(Optional.empty()));
        }
    }

    private void walk(Value value, String key, Leaf.Node node) {
        if (room <= 0) {
            return;
        }
        switch (value) {
            case Value.Fields(Map<String, Value> fields) -> {
                Leaf.Node inner = new Leaf.Node(Optional.of(node));
                fields.forEach(
                        (name, field) -> {
                            if (name.indexOf('@') >= 0 || name.indexOf('.') >= 0) {
                                leaf(name, key, node); // a name that is a value itself
                            }
                            walk(field, name, inner);
                        });
            }
            case Value.Items(List<Value> items) -> {
                for (Value item : items) {
                    boolean root = key.isEmpty() && !(item instanceof Value.Fields);
                    walk(item, key, root ? new Leaf.Node(Optional.of(node)) : node);
                }
            }
            case Value.Text(String text) -> leaf(text, key, node);
            case Value.Num(var number) -> leaf(number.toPlainString(), key, node);
            case Value.Flag _, Value.Nothing _ -> {}
        }
    }

    private void leaf(String whole, String key, Leaf.Node node) {
        if (room <= 0) {
            return;
        }
        String text = cut(whole);
        String normal = cut(Words.normal(text));
        if (normal.isEmpty()) {
            return;
        }
        Key named = keys.computeIfAbsent(key, this::key);
        boolean prose = named.content() || text.indexOf('\n') >= 0 || !isShort(normal);
        Leaf leaf = leaf(key, normal, node, prose, named.secret() && Secrets.mayBe(normal));
        output.leaves().add(leaf);
        room -= leaf.weight();
        if (normal.length() < LONGEST_POINTER && (!prose || isShort(normal))) {
            Set<String> said = plan.terms(normal);
            if (said.isEmpty() && isName(normal) && plan.says(normal)) {
                said = Set.of(normal);
            }
            if (!said.isEmpty()) {
                node.add(normal, said);
            }
        }
    }

    private String cut(String text) {
        return text.length() > room ? text.substring(0, (int) room) : text;
    }

    private Leaf leaf(String key, String normal, Leaf.Node node, boolean prose, boolean secret) {
        return new Leaf(output, node, key, normal, prose, secret, Orders.read(normal, plan));
    }

    private Key key(String name) {
        List<String> parts = Words.parts(name);
        boolean content =
                !parts.isEmpty()
                        && LEXICON.role(parts.getLast()).filter(Role.CONTENT::equals).isPresent();
        return new Key(content, !output.own() && Secrets.isCalled(name, output.reading()));
    }

    /** Letters and digits, as in m-3: nobody says that by chance. */
    private static boolean isName(String normal) {
        if (normal.indexOf(' ') >= 0) {
            return false;
        }
        boolean letter = false;
        boolean digit = false;
        for (int i = 0; i < normal.length(); i++) {
            letter |= Character.isLetter(normal.charAt(i));
            digit |= Character.isDigit(normal.charAt(i));
        }
        return letter && digit;
    }

    private static boolean isShort(String normal) {
        int blanks = 0;
        for (int i = normal.indexOf(' '); i >= 0; i = normal.indexOf(' ', i + 1)) {
            if (++blanks >= LONGEST_FIELD) {
                return false;
            }
        }
        return true;
    }
}
