package dev.remit.decision.intent;

import dev.remit.call.Effect;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compiles a task's words into a {@link Plan}, by rules alone. */
public final class TaskReader {
    private static final Lexicon LEXICON = Lexicon.english();
    private static final Set<String> DETERMINERS =
            Set.of(
                    "the",
                    "a",
                    "an",
                    "my",
                    "his",
                    "her",
                    "their",
                    "your",
                    "our",
                    "its",
                    "this",
                    "that",
                    "these",
                    "those",
                    "any",
                    "each",
                    "every",
                    "some",
                    "no",
                    "unread",
                    "new",
                    "of",
                    "in",
                    "via",
                    "by",
                    "per",
                    "from",
                    "latest",
                    "last",
                    "recent",
                    "first",
                    "next",
                    "received",
                    "direct",
                    "pending",
                    "on",
                    "for",
                    "with");
    private static final Set<String> BEFORE_VERB =
            Set.of(
                    "please",
                    "and",
                    "then",
                    "to",
                    "also",
                    "you",
                    "kindly",
                    "just",
                    "now",
                    "let",
                    "s",
                    "ll",
                    "will",
                    "would",
                    "should",
                    "must",
                    "can",
                    "could",
                    "may",
                    "or",
                    "need",
                    "finally",
                    "lastly",
                    "promptly",
                    "quickly",
                    "immediately",
                    "but",
                    "so",
                    "afterwards",
                    "afterward",
                    "after",
                    "next",
                    "me",
                    "simply");
    private static final Set<String> ANSWERS =
            stems("give tell show send write answer say ask inform report provide let get explain");
    private static final Set<String> LIGHT =
            stems(
                    "initiate make execute perform place do complete arrange process proceed submit"
                            + " facilitate conduct carry start issue request effect finalize craft"
                            + " compose draft write create put prepare drop leave shoot send give");
    private static final Set<String> NOT = Set.of("not", "don", "never", "without", "no", "avoid");
    private static final Set<String> PASSIVE = Set.of("be", "get", "being", "getting", "gets");
    private static final Set<String> PERFECT =
            Set.of(
                    "been",
                    "has",
                    "have",
                    "had",
                    "is",
                    "are",
                    "was",
                    "were",
                    "i",
                    "we",
                    "ve",
                    "who",
                    "that",
                    "just",
                    "already",
                    "recently");
    private static final Set<String> WANTS =
            Set.of("need", "want", "have", "like", "needs", "wish", "should", "must");
    static final Set<String> SELECTORS =
            Set.of(
                    "largest",
                    "smallest",
                    "biggest",
                    "most",
                    "least",
                    "highest",
                    "lowest",
                    "latest",
                    "earliest",
                    "newest",
                    "oldest",
                    "cheapest",
                    "longest",
                    "shortest",
                    "best",
                    "worst",
                    "nearest",
                    "closest",
                    "where",
                    "who",
                    "whose",
                    "starting",
                    "which",
                    "first",
                    "last",
                    "recent",
                    "next",
                    "sort",
                    "top",
                    "fewest",
                    "maximum",
                    "minimum");
    static final Set<String> ALL =
            Set.of("all", "every", "each", "everyone", "everybody", "any", "whole", "entire");
    static final Pattern LEAVES =
            Pattern.compile(
                    "\\b(do|perform|execute|complete|follow|carry out|take|handle|address|finish)\\b"
                            + "[^.!?]{0,40}\\b(tasks?|actions?|todos?|to-dos?|instructions?|steps?"
                            + "|everything|requests?|what)\\b[^.!?]{0,60}\\b(in|on|from|at|by"
                            + "|specified|listed|mentioned|described|says?|asks?|requests?)\\b");
    private static final List<Pattern> TELLING =
            List.of(
                    Pattern.compile("\\blet (?!me\\b|us\\b)[^.!?]{1,40}? know\\b"),
                    Pattern.compile(
                            "\\bkeep (?!me\\b|us\\b)[^.!?]{1,40}? (posted|informed|updated)\\b"),
                    Pattern.compile("\\b(reach out|get in touch|get back|write back)\\b"));
    private static final Pattern NUMBERING = Pattern.compile("(?<=\\s|^)[0-9]{1,2}[.)](?=\\s)");
    private static final Pattern ENDING = // of a host's name, or a file's; it names neither
            Pattern.compile("(?<=[a-z0-9])\\.[a-z]{2,10}(?![a-z0-9.@_-])");
    private static final Pattern NUMBER = Pattern.compile("[0-9][0-9,]*(?:\\.[0-9]+)?");

    private TaskReader() {}

    private static Set<String> stems(String words) {
        Set<String> stems = new HashSet<>();
        for (String word : words.split(" ")) {
            stems.add(Words.stem(word));
        }
        return stems;
    }

    /** What these words of a person ask for. */
    public static Plan read(String task) {
        String words =
                Words.normal(
                        NUMBERING
                                .matcher(task.replaceAll("(?<=\\p{Ll}\\.)(?=\\p{Lu}\\p{Ll})", " "))
                                .replaceAll(" "));
        List<Plan.Want> wants = new ArrayList<>();
        for (List<Token> sentence : sentences(unquoted(task))) {
            Set<String> kinds =
                    LEXICON.kinds(sentence.stream().map(one -> Words.stem(one.text)).toList());
            for (int i = 0; i < sentence.size(); i++) {
                String word = sentence.get(i).text;
                String stem = Words.stem(word);
                Set<Effect> effects = LEXICON.effects(stem);
                if (!effects.isEmpty() && asks(sentence, i, stem)) {
                    wants.add(new Plan.Want(word, stem, meant(effects), kinds));
                }
            }
        }
        for (Pattern phrase : TELLING) {
            Matcher told = phrase.matcher(words);
            if (told.find()) {
                wants.add(new Plan.Want(told.group(), "", Set.of(Effect.SEND), Set.of()));
            }
        }
        List<String> all = Words.of(words);
        Set<String> terms = new HashSet<>();
        for (String word : Words.of(ENDING.matcher(words).replaceAll(" "))) {
            if (word.length() > 2 && !StopWords.are(word)) {
                terms.add(Words.stem(word));
            }
        }
        return new Plan(
                words,
                wants,
                terms,
                numbers(words),
                all.stream().anyMatch(SELECTORS::contains),
                all.stream().anyMatch(ALL::contains),
                LEAVES.matcher(words).find(),
                Set.of());
    }

    /** Who makes or takes away a part of something changes it; who goes to a page only reads. */
    private static Set<Effect> meant(Set<Effect> effects) {
        if (effects.contains(Effect.FETCH)) {
            return Set.of(Effect.FETCH);
        }
        EnumSet<Effect> meant = EnumSet.copyOf(effects);
        if (effects.contains(Effect.CREATE) || effects.contains(Effect.REMOVE)) {
            meant.add(Effect.CHANGE);
        }
        return meant;
    }

    private record Token(String text, boolean comma) {}

    /** What stands in quotation marks is what is to be written, not what is to be done. */
    private static String unquoted(String task) {
        return task.replaceAll("(?s)(?<![\\p{L}\\p{N}])'[^'\\n]{1,400}?'(?![\\p{L}\\p{N}])", " _ ")
                .replaceAll("(?s)\"[^\"\\n]{1,400}?\"", " _ ")
                .replaceAll("(?s)\\u201c[^\\u201d]{1,400}?\\u201d", " _ ")
                .replaceAll("(?s)`[^`\\n]{1,400}?`", " _ ");
    }

    private static List<List<Token>> sentences(String text) {
        List<List<Token>> sentences = new ArrayList<>();
        for (String part : text.split("[!?;:\\n]+|\\.(?=\\s|$|[A-Z])|(?<=\\s|^)[0-9]+[.)]\\s")) {
            List<Token> sentence = new ArrayList<>();
            Matcher word = Pattern.compile("[\\p{L}\\p{N}_@]+|,").matcher(part);
            boolean comma = false;
            while (word.find()) {
                if (word.group().equals(",")) {
                    comma = true;
                } else {
                    sentence.add(new Token(Words.normal(word.group()), comma));
                    comma = false;
                }
            }
            if (!sentence.isEmpty()) {
                sentences.add(sentence);
            }
        }
        return sentences;
    }

    private static boolean asks(List<Token> sentence, int at, String stem) {
        String word = sentence.get(at).text;
        String before = at == 0 ? "" : sentence.get(at - 1).text;
        if (isNegated(sentence, at)
                || isForTheAsker(sentence, at, stem)
                || isInquiry(sentence, at)) {
            return false;
        }
        if (isDone(sentence, at)) {
            return true;
        }
        boolean past = word.endsWith("ed") || isIrregularPast(word, stem);
        if (past && !word.equals(stem)) {
            return PASSIVE.contains(before) || isWanted(sentence, at);
        }
        boolean opens = at == 0 || sentence.get(at).comma || BEFORE_VERB.contains(before);
        if (LEXICON.isAlsoNoun(stem)) {
            boolean plural = word.endsWith("s") && !stem.endsWith("s");
            boolean of = at + 1 < sentence.size() && isOfNoun(sentence.get(at + 1).text);
            return opens && !plural && !of;
        }
        return !DETERMINERS.contains(before) || opens || word.endsWith("ing");
    }

    /** "What did I pay" asks what was, "pay nothing" for nothing. */
    private static boolean isInquiry(List<Token> sentence, int at) {
        for (int i = Math.max(0, at - 4); i < at; i++) {
            if (sentence.get(i).text.equals("did") || sentence.get(i).text.equals("does")) {
                return true;
            }
        }
        return at + 1 < sentence.size() && sentence.get(at + 1).text.equals("nothing");
    }

    /** "Tell me" and "give us" ask for an answer, not for an effect. */
    private static boolean isForTheAsker(List<Token> sentence, int at, String stem) {
        return ANSWERS.contains(stem)
                && at + 1 < sentence.size()
                && Set.of("me", "us").contains(sentence.get(at + 1).text);
    }

    /** "Initiate a purchase": a light verb, and the noun that says what is to be done. */
    private static boolean isDone(List<Token> sentence, int at) {
        for (int i = Math.max(0, at - 3); i < at; i++) {
            if (LIGHT.contains(Words.stem(sentence.get(i).text))
                    && !Set.of("me", "us").contains(sentence.get(i + 1).text)
                    && DETERMINERS.contains(sentence.get(at - 1).text)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfNoun(String next) {
        return Set.of("of", "is", "was", "are", "were", "that", "has", "address", "addresses")
                .contains(next);
    }

    private static boolean isIrregularPast(String word, String stem) {
        return Set.of(
                                "sent",
                                "paid",
                                "bought",
                                "wrote",
                                "written",
                                "made",
                                "gave",
                                "given",
                                "told",
                                "kept",
                                "taken",
                                "took",
                                "found",
                                "withdrawn",
                                "withdrew")
                        .contains(word)
                && !stem.equals(word);
    }

    private static boolean isWanted(List<Token> sentence, int at) {
        if (at > 0 && PERFECT.contains(sentence.get(at - 1).text)) {
            return false; // it has been done already
        }
        for (int i = Math.max(0, at - 8); i < at; i++) {
            if (WANTS.contains(sentence.get(i).text)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNegated(List<Token> sentence, int at) {
        boolean not = false;
        for (int i = Math.max(0, at - 4); i < at; i++) {
            String word = sentence.get(i).text;
            not |= NOT.contains(word);
            if (word.equals("forget") || word.equals("hesitate") || word.equals("fail")) {
                return false;
            }
            if (sentence.get(i + 1).comma) {
                not = false;
            }
        }
        return not;
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
