package dev.remit.decision.intent;

import dev.remit.call.ArgumentRole;
import dev.remit.call.Effect;
import dev.remit.call.Value;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What a payment comes to: done twice it is another payment, which must be asked for. */
final class Deed {
    private static final Set<ArgumentRole> TELLING =
            EnumSet.of(
                    ArgumentRole.DESTINATION,
                    ArgumentRole.TARGET,
                    ArgumentRole.AMOUNT,
                    ArgumentRole.SECRET);
    private static final int LONGEST = 300; // characters; more tells nothing more
    private static final Pattern FAILED =
            Pattern.compile(
                    "([a-z]*error|[a-z]*exception|failed|failure|timeout|timed out|denied|declined|invalid)\\b.*");
    private static final Set<String> MORE =
            Set.of(
                    "again",
                    "twice",
                    "thrice",
                    "times",
                    "both",
                    "another",
                    "more",
                    "repeat",
                    "two",
                    "three",
                    "four",
                    "five",
                    "six",
                    "several",
                    "couple",
                    "separate",
                    "split",
                    "installments",
                    "instalments");

    private Deed() {}

    /** Whether its verb may mean that something is paid for. */
    static boolean isPaying(ToolReading tool) {
        return tool.effects().contains(Effect.PAY)
                || Lexicon.english().effects(tool.verb()).contains(Effect.PAY);
    }

    /** What a call of this tool does; empty if it pays nothing or says nothing of what. */
    static String of(ToolReading tool, Value.Fields arguments) {
        if (tool.reads() || !isPaying(tool)) {
            return "";
        }
        TreeMap<String, String> told = new TreeMap<>();
        arguments
                .values()
                .forEach(
                        (name, value) -> {
                            if (TELLING.contains(tool.role(name))) {
                                List<String> texts = new ArrayList<>();
                                Memory.texts(value, texts);
                                told.put(name, told(texts));
                            }
                        });
        return told.isEmpty() ? "" : tool.verb() + told;
    }

    private static String told(List<String> texts) {
        String told = Words.normal(String.join(",", texts));
        return told.length() < LONGEST ? told : told.substring(0, LONGEST);
    }

    /** Whether the answer says that nothing was done. */
    static boolean hasFailed(List<Value> answer) {
        return answer.stream()
                .anyMatch(
                        value ->
                                switch (value) {
                                    case Value.Text(String text) -> isFailure(text);
                                    case Value.Fields fields -> isError(fields);
                                    case Value.Items _,
                                            Value.Num _,
                                            Value.Flag _,
                                            Value.Nothing _ ->
                                            false;
                                });
    }

    private static boolean isFailure(String text) {
        String start = text.substring(0, Math.min(text.length(), LONGEST));
        return FAILED.matcher(Words.normal(start)).matches();
    }

    private static boolean isError(Value.Fields answer) {
        return answer.values().entrySet().stream()
                .anyMatch(
                        field ->
                                field.getKey().equalsIgnoreCase("error")
                                        && !(field.getValue() instanceof Value.Nothing)
                                        && !field.getValue().equals(Value.of(false)));
    }

    /** Whether it was done as often as the words ask for. */
    static boolean isDone(ToolReading tool, Value.Fields arguments, Memory memory) {
        String deed = of(tool, arguments);
        return !deed.isEmpty()
                && memory.timesDone(deed) > 0
                && !memory.plan().all()
                && Words.of(memory.plan().words()).stream().noneMatch(MORE::contains);
    }
}
