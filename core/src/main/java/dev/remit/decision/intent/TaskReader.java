package dev.remit.decision.intent;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compiles a task's words into a {@link Plan}, by rules alone. */
public final class TaskReader {
    static final Set<String> SELECTORS = Sentence.small("SELECTORS");
    static final Set<String> ALL = Sentence.small("ALL");
    static final Pattern LEAVES =
            Pattern.compile(
                    "\\b(do|perform|execute|complete|follow|carry out|take|handle|address|finish)\\b"
                            + "[^.!?]{0,40}\\b(tasks?|actions?|todos?|to-dos?|instructions?|steps?"
                            + "|everything|requests?|what)\\b[^.!?]{0,60}\\b(in|on|from|at|by"
                            + "|specified|listed|mentioned|described|says?|asks?|requests?)\\b");
    private static final Pattern NUMBERING = Pattern.compile("(?<=\\s|^)[0-9]{1,2}[.)](?=\\s)");
    private static final Pattern ENDING = // of a host's name, or a file's; it names neither
            Pattern.compile("(?<=[a-z0-9])\\.[a-z]{2,10}(?![a-z0-9.@_-])");
    private static final Pattern NUMBER = Pattern.compile("[0-9][0-9,]*(?:\\.[0-9]+)?");

    private TaskReader() {}

    /** What these words of a person ask for. */
    public static Plan read(String task) {
        String words =
                Words.normal(
                        NUMBERING
                                .matcher(task.replaceAll("(?<=\\p{Ll}\\.)(?=\\p{Lu}\\p{Ll})", " "))
                                .replaceAll(" "));
        List<String> all = Words.of(words);
        Set<String> terms = new HashSet<>();
        for (String word : Words.of(ENDING.matcher(words).replaceAll(" "))) {
            if (word.length() > 2 && !StopWords.are(word)) {
                terms.add(Words.stem(word));
            }
        }
        return new Plan(
                words,
                wants(task, words),
                terms,
                numbers(words),
                all.stream().anyMatch(SELECTORS::contains),
                all.stream().anyMatch(ALL::contains),
                LEAVES.matcher(words).find(),
                Set.of());
    }

    private static List<Plan.Want> wants(String task, String normal) {
        List<Sentence> sentences = Sentence.of(task);
        boolean abroad =
                Abroad.is(sentences.stream().flatMap(one -> one.words().stream()).toList());
        List<Plan.Want> wants = new ArrayList<>();
        for (Sentence sentence : sentences) {
            wants.addAll(abroad ? Abroad.wants(sentence.words()) : sentence.wants());
        }
        wants.addAll(Phrases.in(normal));
        return wants;
    }

    private static Set<BigDecimal> numbers(String words) {
        Set<BigDecimal> numbers = new HashSet<>();
        Matcher number = NUMBER.matcher(words);
        while (number.find()) {
            String digits = number.group().replace(",", "");
            if (digits.length() < 30) {
                numbers.add(new BigDecimal(digits).stripTrailingZeros());
            }
        }
        return numbers;
    }
}
