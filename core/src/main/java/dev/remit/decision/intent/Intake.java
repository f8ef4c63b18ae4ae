package dev.remit.decision.intent;

import dev.remit.call.ArgumentRole;
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
    private static final int CODE = 24; // characters of what may be a sentence in a code

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
                            if (isValue(name)) {
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

    private static boolean isValue(String name) {
        return name.indexOf('@') >= 0 || name.indexOf('.') >= 0 || name.indexOf(' ') >= 0;
    }

    private void leaf(String whole, String key, Leaf.Node node) {
        if (room <= 0) {
            return;
        }
        String text = cut(whole);
        keep(text, key, node);
        String hidden = Encoded.inTags(text);
        if (!hidden.isEmpty()) {
            String normal = Words.normal(hidden);
            add(new Leaf(output, node, key, normal, true, false, Orders.hidden(normal)));
        }
        if (text.length() >= CODE) {
            Encoded.in(text, CODE)
                    .lines()
                    .filter(Intake::isSentence)
                    .forEach(said -> add(said, node));
        }
    }

    private static boolean isSentence(String said) {
        return said.indexOf(' ') >= 0;
    }

    private void add(String said, Leaf.Node node) {
        String normal = Words.normal(said);
        add(new Leaf(output, node, WHOLE, normal, true, false, Orders.read(normal, plan)));
    }

    private void add(Leaf leaf) {
        output.leaves().add(leaf);
        room -= leaf.weight();
    }

    private void keep(String text, String key, Leaf.Node node) {
        String normal = cut(Words.normal(text));
        if (normal.isEmpty()) {
            return;
        }
        Key named = keys.computeIfAbsent(key, this::key);
        boolean prose = named.content() || text.indexOf('\n') >= 0 || !isShort(normal);
        boolean secret = named.secret() && Secrets.mayBe(normal);
        Leaf leaf = new Leaf(output, node, key, normal, prose, secret, Orders.read(normal, plan));
        add(leaf);
        Addresses.ofMailbox(normal)
                .ifPresent(one -> add(new Leaf(output, node, key, one, false, false, leaf.read())));
        boolean asks = leaf.alarm() != Alarm.NONE; // what it says of itself it says to be chosen
        if (!asks && normal.length() < LONGEST_POINTER && (!prose || isShort(normal))) {
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
        return text.length() > room ? text.substring(0, (int) Math.max(room, 0)) : text;
    }

    private Key key(String name) {
        List<String> parts = Words.parts(name);
        boolean content =
                !parts.isEmpty()
                        && LEXICON.role(parts.getLast())
                                .filter(ArgumentRole.CONTENT::equals)
                                .isPresent();
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
