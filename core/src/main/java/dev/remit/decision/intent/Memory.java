package dev.remit.decision.intent;

import dev.remit.call.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the tools have answered under one mandate, by value. It holds no more than {@value
 * #MOST_CHARACTERS} characters; the oldest answers go first, and what is forgotten counts as never
 * seen.
 */
public final class Memory {
    public static final int MOST_CHARACTERS = 4_000_000;
    private static final Lexicon LEXICON = Lexicon.english();
    private static final Set<String> MARKS =
            Set.of(
                    "id", "ids", "no", "number", "file", "email", "event", "order", "ticket",
                    "item", "message");
    private static final String WHOLE = "text"; // the key of an answer without structure
    private static final int LEAF = 64; // characters that one weighs beside its own
    private static final int LONGEST_EXACT = 200; // characters
    private static final int LONGEST_FIELD = 8; // words

    private final Plan plan;
    private final Deque<Output> outputs = new ArrayDeque<>();
    private final Map<String, List<Leaf>> exact = new HashMap<>();
    private final List<Leaf> prose = new ArrayList<>();
    private final List<Leaf> secrets = new ArrayList<>();
    private long characters;
    private boolean missing; // something was seen that is not here any more

    public Memory(Plan plan) {
        this.plan = plan;
    }

    Plan plan() {
        return plan;
    }

    /** How many characters it holds, with what each value weighs beside its own. */
    public long characters() {
        return characters;
    }

    /** Takes in what an allowed call brought back. */
    public void remember(String tool, ToolReading reading, Value.Fields arguments, String answer) {
        remember(tool, reading, arguments, List.of(Outline.read(answer)));
    }

    /** The same, of an answer that has structure. */
    public void remember(
            String tool, ToolReading reading, Value.Fields arguments, List<Value> answer) {
        remember(new Answered("", tool, reading, arguments, answer, Deed.hasFailed(answer)));
    }

    /**
     * What a call brought back.
     *
     * @param call names it; empty where it has no name
     * @param answer what the agent got to see
     * @param failed whether it is known to have done nothing
     */
    public record Answered(
            String call,
            String tool,
            ToolReading reading,
            Value.Fields arguments,
            List<Value> answer,
            boolean failed) {}

    /** Takes in what a call that was made brought back. */
    public void remember(Answered made) {
        ToolReading reading = made.reading();
        Output output =
                new Output(
                        made.call(),
                        made.tool(),
                        reading,
                        isNamed(reading, made.arguments()),
                        !reading.reads(),
                        targets(reading, made.arguments()),
                        made.failed() ? "" : Deed.of(reading, made.arguments()));
        for (Value value : made.answer()) {
            String key = value instanceof Value.Text ? WHOLE : "";
            walk(value, key, new Leaf.Node(Optional.empty()), output);
        }
        outputs.add(output);
        while (characters > MOST_CHARACTERS && !outputs.isEmpty()) {
            forget(outputs.remove());
        }
    }

    private boolean isNamed(ToolReading reading, Value.Fields arguments) {
        List<String> texts = new ArrayList<>();
        arguments.values().values().forEach(value -> texts(value, texts));
        if (texts.isEmpty()) {
            return reading.nouns().stream().anyMatch(plan.terms()::contains);
        }
        return texts.stream()
                .map(text -> Ground.of(text, reading, this).kind())
                .anyMatch(
                        kind ->
                                kind == Ground.Kind.WORDS
                                        || kind == Ground.Kind.POINTED
                                        || kind == Ground.Kind.NAMED_TEXT);
    }

    private static Set<String> targets(ToolReading reading, Value.Fields arguments) {
        Set<String> targets = new HashSet<>();
        arguments
                .values()
                .forEach(
                        (name, value) -> {
                            List<String> texts = new ArrayList<>();
                            if (reading.role(name) == Role.TARGET) {
                                texts(value, texts);
                            }
                            texts.forEach(text -> targets.add(Words.normal(text)));
                        });
        return targets;
    }

    static void texts(Value value, List<String> into) {
        switch (value) {
            case Value.Text(String text) -> into.add(text);
            case Value.Num(var number) -> into.add(number.toPlainString());
            case Value.Items(List<Value> items) -> items.forEach(item -> texts(item, into));
            case Value.Fields(Map<String, Value> fields) ->
                    fields.values().forEach(field -> texts(field, into));
            case Value.Flag _, Value.Nothing _ -> {}
        }
    }

    private void walk(Value value, String key, Leaf.Node node, Output output) {
        switch (value) {
            case Value.Fields(Map<String, Value> fields) -> {
                Leaf.Node inner = new Leaf.Node(Optional.of(node));
                fields.forEach(
                        (name, field) -> {
                            if (name.indexOf('@') >= 0 || name.indexOf('.') >= 0) {
                                leaf(name, key, node, output); // a name that is a value itself
                            }
                            walk(field, name, inner, output);
                        });
            }
            case Value.Items(List<Value> items) -> {
                for (Value item : items) {
                    boolean root = key.isEmpty() && !(item instanceof Value.Fields);
                    walk(item, key, root ? new Leaf.Node(Optional.of(node)) : node, output);
                }
            }
            case Value.Text(String text) -> leaf(text, key, node, output);
            case Value.Num(var number) -> leaf(number.toPlainString(), key, node, output);
            case Value.Flag _, Value.Nothing _ -> {}
        }
    }

    private void leaf(String text, String key, Leaf.Node node, Output output) {
        String normal = Words.normal(text);
        if (normal.isEmpty()) {
            return;
        }
        boolean prose = isProse(key, text, normal);
        Alarm alarm = Orders.in(normal);
        Orders.Parted parted = alarm == Alarm.ORDER ? Orders.part(normal) : Orders.Parted.NONE;
        Leaf leaf = new Leaf(output, node, key, normal, prose, alarm, parted);
        output.leaves().add(leaf);
        if (normal.length() < LONGEST_EXACT) {
            exact.computeIfAbsent(normal, _ -> new ArrayList<>()).add(leaf);
            if (!prose || isShort(normal)) {
                Set<String> said = plan.terms(normal);
                if (said.isEmpty() && isName(normal) && plan.says(normal)) {
                    said = Set.of(normal);
                }
                if (!said.isEmpty()) {
                    node.add(normal, said);
                }
            }
        }
        if (Secrets.is(key, normal, output)) {
            secrets.add(leaf);
        }
        if (prose) {
            this.prose.add(leaf);
        }
        characters += normal.length() + LEAF;
    }

    private static boolean isProse(String key, String text, String normal) {
        List<String> parts = Words.parts(key);
        boolean content =
                !parts.isEmpty()
                        && LEXICON.role(parts.getLast()).filter(Role.CONTENT::equals).isPresent();
        return content || text.indexOf('\n') >= 0 || !isShort(normal);
    }

    /** Letters and digits, as in m-3: nobody says that by chance. */
    private static boolean isName(String normal) {
        return normal.indexOf(' ') < 0
                && normal.chars().anyMatch(Character::isLetter)
                && normal.chars().anyMatch(Character::isDigit);
    }

    private static boolean isShort(String normal) {
        return normal.chars().filter(c -> c == ' ').count() < LONGEST_FIELD;
    }

    /** Notes that something was seen of which nothing is known any more. */
    public void miss() {
        missing = true;
    }

    private void forget(Output output) {
        missing = true;
        for (Leaf leaf : output.leaves()) {
            characters -= leaf.normal().length() + LEAF;
            exact.computeIfPresent(
                    leaf.normal(),
                    (_, same) -> {
                        same.removeIf(one -> one.output() == output);
                        return same.isEmpty() ? null : same;
                    });
        }
        prose.removeIf(leaf -> leaf.output() == output);
        secrets.removeIf(leaf -> leaf.output() == output);
    }

    /** The values that are this. */
    List<Leaf> exact(String normal) {
        return exact.getOrDefault(normal, List.of());
    }

    /** The texts that hold this. */
    List<Leaf> within(String normal) {
        List<Leaf> found = new ArrayList<>();
        for (Leaf leaf : prose) {
            if (leaf.normal().length() > normal.length()
                    && (isShortNumber(normal)
                            ? isMarked(leaf.normal(), normal)
                            : Words.holds(leaf.normal(), normal))) {
                found.add(leaf);
            }
        }
        return found;
    }

    /** A number of few digits stands anywhere by chance. */
    private static boolean isShortNumber(String normal) {
        return !normal.isEmpty()
                && normal.length() <= 3
                && normal.chars().allMatch(Character::isDigit);
    }

    /**
     * Whether a text says that the number is the name of something: {@code file 13}, {@code #13}.
     */
    private static boolean isMarked(String text, String number) {
        for (int at = text.indexOf(number); at >= 0; at = text.indexOf(number, at + 1)) {
            int end = at + number.length();
            if (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
                continue;
            }
            int before = at;
            while (before > 0
                    && at - before < 4
                    && !Character.isLetterOrDigit(text.charAt(before - 1))) {
                before--;
            }
            int word = before;
            while (word > 0 && Character.isLetterOrDigit(text.charAt(word - 1))) {
                word--;
            }
            if (text.substring(before, at).indexOf('#') >= 0
                    || (before < at && MARKS.contains(text.substring(word, before)))) {
                return true;
            }
        }
        return false;
    }

    /** Whether an effect was had on an object that fields name, other than this. */
    boolean hasChosen(String normal) {
        for (Output output : outputs) {
            if (output.own()) {
                for (String text : output.targets()) {
                    boolean listed = exact(text).stream().anyMatch(leaf -> !leaf.output().own());
                    if (listed && !text.equals(normal) && !plan.says(text)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** How often this was done before. */
    long timesDone(String deed) {
        return outputs.stream().filter(output -> output.deed().equals(deed)).count();
    }

    List<Leaf> secrets() {
        return secrets;
    }

    List<Leaf> prose() {
        return prose;
    }

    /** Whether anything was read that somebody else may have written. */
    boolean hasRead() {
        return missing || prose.stream().anyMatch(leaf -> !leaf.output().own());
    }
}
