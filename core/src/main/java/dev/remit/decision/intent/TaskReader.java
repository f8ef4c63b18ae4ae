package dev.remit.decision.intent;

import dev.remit.call.Effect;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private static final Set<String> LIGHTEST = stems("drop leave shoot give make do place");
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
                    "whoever",
                    "whichever",
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
            Set.of(
                    ("all every each everyone everybody any whole entire alle alles jede jeden jedes"
                                    + " tous toutes tout todos todas todo tutti tutte tutto")
                            .split(" "));
    static final Pattern LEAVES =
            Pattern.compile(
                    "\\b(do|perform|execute|complete|follow|carry out|take|handle|address|finish)\\b"
                            + "[^.!?]{0,40}\\b(tasks?|actions?|todos?|to-dos?|instructions?|steps?"
                            + "|everything|requests?|what)\\b[^.!?]{0,60}\\b(in|on|from|at|by"
                            + "|specified|listed|mentioned|described|says?|asks?|requests?)\\b");
    private static final Set<String> COMMANDING =
            Set.of("please", "and", "then", "to", "kindly", "just", "also", "now");
    private static final Set<String> OBJECTS =
            Set.of(
                    "the", "it", "them", "him", "her", "this", "that", "these", "those", "my",
                    "our", "all");
    private static final Set<String> QUESTIONS =
            Set.of(
                    ("what which who whom whose when where why how is are was were do does did has"
                                    + " have am")
                            .split(" "));
    private static final Pattern END =
            Pattern.compile(
                    "[!?;:\\n]+|\\.(?=\\s|$|[A-Z])|(?<=\\s)[-–—→]+(?=\\s)|(?<=\\s|^)[0-9]+[.)]\\s");
    private static final Map<Pattern, Set<Effect>> PHRASES = phrases();
    private static final Pattern NUMBERING = Pattern.compile("(?<=\\s|^)[0-9]{1,2}[.)](?=\\s)");
    private static final Pattern ENDING = // of a host's name, or a file's; it names neither
            Pattern.compile("(?<=[a-z0-9])\\.[a-z]{2,10}(?![a-z0-9.@_-])");
    private static final Pattern NUMBER = Pattern.compile("[0-9][0-9,]*(?:\\.[0-9]+)?");

    private TaskReader() {}

    /** What several words together ask for. */
    private static Map<Pattern, Set<Effect>> phrases() {
        Map<Pattern, Set<Effect>> phrases = new LinkedHashMap<>();
        String others = "(?!me\\b|us\\b)[^.!?]{1,40}?";
        phrases.put(
                Pattern.compile(
                        "\\blet "
                                + others
                                + " know\\b|\\bkeep "
                                + others
                                + " (posted|informed|updated)\\b|\\bgive "
                                + others
                                + " a (heads|shout|call|ring)\\b|\\bpass [^.!?]{1,40}? on to\\b"
                                + "|\\b(reach out|get in touch|get back|write back)\\b"
                                + "|\\bwith a (short |brief |kind )?(comment|message|note|reply|mail)\\b"),
                Set.of(Effect.SEND));
        phrases.put(
                Pattern.compile(
                        "(?:^|[.!?;,] )(?!who |which |that |what )[\\p{L}]+( \\([^)]{1,20}\\)| [\\p{L}]+)?"
                                + " (needs|wants) (the|an?|my|our|his|her|it|them|mrs?|ms)\\b"
                                + "|\\bsay (so|that|hi|hello) (in|to|on)\\b"),
                Set.of(Effect.SEND));
        phrases.put(
                Pattern.compile(
                        "\\blet (?!me\\b|us\\b)[^.!?]{1,40}? (read|see|use|view|access|edit|join)\\b"
                                + "|\\b(send|give|mail) [^.!?]{0,60}\\blink\\b"),
                EnumSet.of(Effect.SHARE, Effect.CHANGE));
        phrases.put(
                Pattern.compile("(?:^|[.;:!?] )new [a-z]+"),
                EnumSet.of(Effect.CREATE, Effect.CHANGE));
        phrases.put(
                Pattern.compile(
                        "\\b(give|send) [^.!?]{0,40}?\\b(money|refund|back)\\b|\\bpay [^.!?]{0,40}? back\\b"),
                Set.of(Effect.PAY));
        phrases.put(
                Pattern.compile(
                        "\\b(take|cross|throw|strike|sign) (?!part\\b)[^.!?,]{1,40}? (out|off|away)\\b"
                                + "|\\bget rid of\\b"),
                EnumSet.of(Effect.REMOVE, Effect.CHANGE));
        phrases.put(
                Pattern.compile(
                        "\\b(warn|alert|remind|notify|ping) (me|us) (when|if|once|before|as soon)\\b"
                                + "|\\b(set|sign) [^.!?,]{1,40}? up\\b"),
                EnumSet.of(Effect.CREATE, Effect.CHANGE));
        phrases.put(
                Pattern.compile(
                        "\\b(send|give|put|move|slip|top)\\b[^.!?]{0,40}?(\\b[0-9][0-9.,]* ?(€|\\$|£"
                                + "|(eur|euros?|usd|dollars?|chf|gbp|pounds?|bucks|francs?)\\b)"
                                + "|[€$£] ?[0-9])|\\b(put|move|sweep|set aside)\\b[^.!?]{0,60}?\\b"
                                + "(account|savings|jar|pot|fund|wallet)\\b"),
                Set.of(Effect.PAY));
        return phrases;
    }

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
        List<List<Token>> sentences = sentences(unquoted(task));
        boolean abroad =
                Abroad.is(sentences.stream().flatMap(List::stream).map(Token::text).toList());
        for (List<Token> sentence : sentences) {
            if (abroad) {
                wants.addAll(Abroad.wants(sentence.stream().map(Token::text).toList()));
            } else if (!isQuestion(sentence)) {
                wants.addAll(wants(sentence));
            }
        }
        PHRASES.forEach(
                (phrase, effects) -> {
                    Matcher told = phrase.matcher(words);
                    if (told.find()) {
                        wants.add(new Plan.Want(told.group(), "", effects, Set.of()));
                    }
                });
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

    private static List<Plan.Want> wants(List<Token> sentence) {
        List<Plan.Want> wants = new ArrayList<>();
        int next = sentence.size();
        for (int i = sentence.size() - 1; i >= 0; i--) {
            String word = sentence.get(i).text;
            String stem = Words.stem(word);
            Set<Effect> effects = LEXICON.effects(stem);
            if (effects.isEmpty() ? isCommand(sentence, i) : asks(sentence, i, stem)) {
                Set<Effect> meant = effects.isEmpty() ? effects : meant(effects, sentence, i);
                wants.addFirst(new Plan.Want(word, stem, meant, kinds(sentence, i + 1, next)));
                next = i;
            }
        }
        return wants;
    }

    /** The kinds of what a verb is said of: what follows it, if that names something. */
    private static Set<String> kinds(List<Token> sentence, int from, int to) {
        Set<String> own = kinds(sentence.subList(from, to));
        boolean names =
                sentence.subList(from, to).stream()
                        .anyMatch(one -> one.text.length() > 2 && !StopWords.are(one.text));
        return own.isEmpty() && !names ? kinds(sentence) : own;
    }

    private static Set<String> kinds(List<Token> words) {
        return LEXICON.kinds(
                words.stream()
                        .map(one -> Words.stem(one.text))
                        .filter(one -> LEXICON.effects(one).isEmpty() || LEXICON.isAlsoNoun(one))
                        .toList());
    }

    /**
     * What stands where a command does, and no table knows: only a tool of this very name does it.
     */
    private static boolean isCommand(List<Token> sentence, int at) {
        String word = sentence.get(at).text;
        String before = at == 0 ? "" : sentence.get(at - 1).text;
        return word.length() > 3
                && !StopWords.are(word)
                && (at == 0 || COMMANDING.contains(before))
                && !isNegated(sentence, at);
    }

    /** A question about what is; "can you" and the like ask for something. */
    private static boolean isQuestion(List<Token> sentence) {
        return sentence.getLast().asks
                && sentence.stream().limit(2).anyMatch(one -> QUESTIONS.contains(one.text))
                && sentence.stream().noneMatch(one -> one.text.equals("please"));
    }

    /** Who makes or takes away a part of something changes it; who goes to a page only reads. */
    private static Set<Effect> meant(Set<Effect> effects, List<Token> sentence, int at) {
        boolean some =
                at + 1 < sentence.size()
                        && Set.of("a", "an", "new", "another").contains(sentence.get(at + 1).text);
        if (effects.contains(Effect.FETCH) && !(some && effects.contains(Effect.CREATE))) {
            return Set.of(Effect.FETCH);
        }
        EnumSet<Effect> meant = EnumSet.copyOf(effects);
        boolean giving =
                effects.contains(Effect.SHARE)
                        && sentence.subList(at + 1, Math.min(sentence.size(), at + 4)).stream()
                                .anyMatch(one -> Set.of("a", "an", "new").contains(one.text));
        if (giving) {
            meant.add(Effect.CREATE); // give her a code
        }
        if (effects.contains(Effect.CREATE) || effects.contains(Effect.REMOVE)) {
            meant.add(Effect.CHANGE);
        }
        return meant;
    }

    /**
     * A word of a sentence.
     *
     * @param comma whether one stands before it
     * @param asks whether its sentence ends in a question mark
     */
    private record Token(String text, boolean comma, boolean asks) {}

    /** What stands in quotation marks is what is to be written, not what is to be done. */
    private static String unquoted(String task) {
        return task.replaceAll("(?s)(?<![\\p{L}\\p{N}])'[^'\\n]{1,400}?'(?![\\p{L}\\p{N}])", " _ ")
                .replaceAll("(?s)\"[^\"\\n]{1,400}?\"", " _ ")
                .replaceAll("(?s)\\u201c[^\\u201d]{1,400}?\\u201d", " _ ")
                .replaceAll("(?s)`[^`\\n]{1,400}?`", " _ ");
    }

    private static List<List<Token>> sentences(String text) {
        List<List<Token>> sentences = new ArrayList<>();
        Matcher end = END.matcher(text);
        int from = 0;
        while (from < text.length()) {
            boolean more = end.find(from);
            String part = text.substring(from, more ? end.start() : text.length());
            boolean asks = more && end.group().startsWith("?");
            from = more ? end.end() : text.length();
            List<Token> sentence = new ArrayList<>();
            Matcher word = Pattern.compile("[\\p{L}\\p{N}_@]+|,").matcher(part);
            boolean comma = false;
            while (word.find()) {
                if (word.group().equals(",")) {
                    comma = true;
                } else {
                    sentence.add(new Token(Words.normal(word.group()), comma, asks));
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
            String after = at + 1 < sentence.size() ? sentence.get(at + 1).text : "";
            boolean has = OBJECTS.contains(after) || after.matches("[0-9]+"); // close 45, mail him
            boolean free =
                    !DETERMINERS.contains(before) && LEXICON.effects(Words.stem(before)).isEmpty();
            return (opens || (has && free)) && !plural && !isOfNoun(after);
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
        boolean said = false; // which one
        for (int i = at - 1; i >= Math.max(0, at - 5); i--) {
            String word = sentence.get(i).text;
            if (said
                    && LIGHT.contains(Words.stem(word))
                    && !Set.of("me", "us").contains(sentence.get(i + 1).text)) {
                return i >= at - 3 && DETERMINERS.contains(sentence.get(at - 1).text)
                        || LIGHTEST.contains(Words.stem(word));
            }
            said |= i >= at - 2 && DETERMINERS.contains(word);
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
            not |= NOT.contains(word) && !(i > 0 && sentence.get(i - 1).text.equals("if"));
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
