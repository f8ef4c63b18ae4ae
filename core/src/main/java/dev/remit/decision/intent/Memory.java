package dev.remit.decision.intent;

import dev.remit.call.ArgumentRole;
import dev.remit.call.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What the tools have answered under one mandate, by value. It holds no more than {@value
 * #MOST_CHARACTERS} characters, half of them from one answer; the oldest answers go first, and what
 * is forgotten counts as never seen. What was paid, which values are confidential, and that others
 * were listened to at all, is not forgotten.
 */
public final class Memory {
    public static final int MOST_CHARACTERS = 4_000_000;
    private static final int MOST_OF_ONE = MOST_CHARACTERS / 2;
    private static final int MOST_ARGUMENTS = 100; // that are looked at for who named an answer
    private static final int LONGEST_SOUGHT = 400; // characters; no name is longer
    private static final int MOST_SECRETS = 500;
    private static final int LONGEST_EXACT = 200; // characters

    private final Plan plan;
    private final Deque<Output> outputs = new ArrayDeque<>();
    private final Map<String, List<Leaf>> exact = new HashMap<>();
    private final List<Leaf> prose = new ArrayList<>();
    private final List<Leaf> secrets = new ArrayList<>();
    private final Map<String, Integer> deeds = new HashMap<>();
    private boolean hasRead;
    private long characters;

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
                        reading.acts() && !made.failed(),
                        targets(reading, made.arguments()));
        String deed = Deed.of(reading, made.arguments());
        if (!deed.isEmpty() && !made.failed()) {
            deeds.merge(deed, 1, Integer::sum);
        }
        new Intake(plan, output, MOST_OF_ONE).take(made.answer());
        output.leaves().forEach(this::index);
        hasRead |= !reading.acts() && output.leaves().stream().anyMatch(Leaf::prose);
        characters += output.weight();
        outputs.add(output);
        while (characters > MOST_CHARACTERS && outputs.size() > 1) {
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
                .limit(MOST_ARGUMENTS)
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
                            if (reading.role(name) == ArgumentRole.TARGET) {
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

    private void index(Leaf leaf) {
        if (leaf.normal().length() < LONGEST_EXACT) {
            exact.computeIfAbsent(leaf.normal(), _ -> new ArrayList<>(1)).add(leaf);
        }
        if (leaf.secret() && secrets.size() < MOST_SECRETS) {
            secrets.add(leaf);
        }
        if (leaf.prose()) {
            prose.add(leaf);
        }
        characters += leaf.weight();
    }

    /** Notes that something was seen of which nothing is known any more. */
    public void miss() {
        hasRead = true;
    }

    private void forget(Output output) {
        Set<String> values = new HashSet<>();
        int texts = 0;
        characters -= output.weight();
        for (Leaf leaf : output.leaves()) {
            characters -= leaf.weight();
            texts += leaf.prose() ? 1 : 0;
            if (values.add(leaf.normal())) {
                exact.computeIfPresent(
                        leaf.normal(),
                        (_, same) -> {
                            same.removeIf(one -> one.output() == output);
                            return same.isEmpty() ? null : same;
                        });
            }
        }
        prose.subList(0, texts).clear(); // the oldest come first
        secrets.replaceAll(leaf -> leaf.output() == output ? leaf.alone() : leaf);
        output.leaves().clear();
    }

    /** The values that are this. */
    List<Leaf> exact(String normal) {
        return exact.getOrDefault(normal, List.of());
    }

    /** The newest values that are numbers in fields, at most so many. */
    Stream<Leaf> numbers(int most) {
        Iterable<Output> newest = outputs::descendingIterator;
        return StreamSupport.stream(newest.spliterator(), false)
                .flatMap(output -> output.leaves().stream())
                .filter(leaf -> !leaf.prose() && leaf.alarm() == Alarm.NONE)
                .filter(leaf -> Character.isDigit(leaf.normal().charAt(leaf.normal().length() - 1)))
                .limit(most);
    }

    /** The texts that hold this. */
    List<Leaf> within(String normal) {
        List<Leaf> found = new ArrayList<>();
        if (normal.length() > LONGEST_SOUGHT) {
            return found;
        }
        for (Leaf leaf : prose) {
            if (leaf.normal().length() > normal.length()
                    && Mention.at(leaf.normal(), normal, 0) >= 0) {
                found.add(leaf);
            }
        }
        return found;
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

    /** Whether somebody else's text of this alarm, or a higher one, asks for what a tool does. */
    boolean isAskedFor(ToolReading tool, Alarm least) {
        return prose.stream()
                .filter(leaf -> leaf.alarm().compareTo(least) >= 0 && !leaf.output().own())
                .anyMatch(leaf -> Orders.isAsked(leaf.read().asks(), tool));
    }

    /** How often this was done before. */
    int timesDone(String deed) {
        return deeds.getOrDefault(deed, 0);
    }

    List<Leaf> secrets() {
        return secrets;
    }

    List<Leaf> prose() {
        return prose;
    }

    /** Whether anything was read that somebody else may have written. */
    boolean hasRead() {
        return hasRead;
    }
}
