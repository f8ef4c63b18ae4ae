package dev.remit.decision.intent;

import dev.remit.call.Effect;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A sentence of a person's task, and which of its verbs stand where one asks for something.
 *
 * @param asks whether it ends in a question mark
 */
record Sentence(List<Token> tokens, boolean asks) {
    private static final Lexicon LEXICON = Lexicon.english();
    private static final Pattern END =
            Pattern.compile(
                    "[!?;:\\n]+|\\.(?=\\s|$|[A-Z])|(?<=\\s)[-–—→]+(?=\\s)|(?<=\\s|^)[0-9]+[.)]\\s");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_@]+|,");
    private static final Set<String> DETERMINERS = small("DETERMINERS");
    private static final Set<String> OBJECTS = small("OBJECTS");
    private static final Set<String> BEFORE_VERB = small("BEFORE_VERB");
    private static final Set<String> COMMANDING = small("COMMANDING");
    private static final Set<String> QUESTIONS = small("QUESTIONS");
    private static final Set<String> NOT = small("NOT");
    private static final Set<String> PASSIVE = small("PASSIVE");
    private static final Set<String> PERFECT = small("PERFECT");
    private static final Set<String> WANTS = small("WANTS");
    private static final Set<String> ANSWERS = stems("ANSWERS");
    private static final Set<String> LIGHT = stems("LIGHT");
    private static final Set<String> LIGHTEST = stems("LIGHTEST");
    private static final Set<String> ASKER = Set.of("me", "us");
    private static final Set<String> SOME = Set.of("a", "an", "new", "another");
    private static final Set<String> OF_NOUN =
            Set.of("of", "is", "was", "are", "were", "that", "has", "address", "addresses");
    private static final Set<String> PAST =
            Set.of(
                    ("sent paid bought wrote written made gave given told kept taken took found"
                                    + " withdrawn withdrew")
                            .split(" "));

    Sentence {
        tokens = List.copyOf(tokens);
    }

    /** A word, and whether a comma stands before it. */
    record Token(String text, boolean comma) {}

    /** The words of these lines of the table of grammar. */
    static Set<String> small(String line) {
        Set<String> words = new HashSet<>();
        for (List<String> one : Lexicon.lines("grammar.txt")) {
            if (one.getFirst().equals(line)) {
                words.addAll(one.subList(1, one.size()));
            }
        }
        return Set.copyOf(words);
    }

    private static Set<String> stems(String line) {
        return small(line).stream().map(Words::stem).collect(Collectors.toUnmodifiableSet());
    }

    /** The sentences of a task. What stands in quotation marks is to be written, not to be done. */
    static List<Sentence> of(String task) {
        String text =
                task.replaceAll("(?s)(?<![\\p{L}\\p{N}])'[^'\\n]{1,400}?'(?![\\p{L}\\p{N}])", " _ ")
                        .replaceAll("(?s)\"[^\"\\n]{1,400}?\"", " _ ")
                        .replaceAll("(?s)\\u201c[^\\u201d]{1,400}?\\u201d", " _ ")
                        .replaceAll("(?s)`[^`\\n]{1,400}?`", " _ ");
        List<Sentence> sentences = new ArrayList<>();
        Matcher end = END.matcher(text);
        int from = 0;
        while (from < text.length()) {
            boolean more = end.find(from);
            List<Token> tokens = tokens(text.substring(from, more ? end.start() : text.length()));
            if (!tokens.isEmpty()) {
                sentences.add(new Sentence(tokens, more && end.group().startsWith("?")));
            }
            from = more ? end.end() : text.length();
        }
        return sentences;
    }

    private static List<Token> tokens(String part) {
        List<Token> tokens = new ArrayList<>();
        Matcher word = WORD.matcher(part);
        boolean comma = false;
        while (word.find()) {
            if (word.group().equals(",")) {
                comma = true;
            } else {
                tokens.add(new Token(Words.normal(word.group()), comma));
                comma = false;
            }
        }
        return tokens;
    }

    List<String> words() {
        return tokens.stream().map(Token::text).toList();
    }

    private String word(int at) {
        return at < 0 || at >= tokens.size() ? "" : tokens.get(at).text();
    }

    /** What it asks for, in its order; nothing if it asks what is. */
    List<Plan.Want> wants() {
        List<Plan.Want> wants = new ArrayList<>();
        int next = tokens.size();
        for (int i = tokens.size() - 1; i >= 0 && !isQuestion(); i--) {
            String stem = Words.stem(word(i));
            Set<Effect> effects = LEXICON.effects(stem);
            if (effects.isEmpty() ? isCommand(i) : asksBy(i, stem)) {
                Set<Effect> meant = effects.isEmpty() ? effects : meant(effects, i);
                wants.addFirst(new Plan.Want(word(i), stem, meant, kinds(i + 1, next)));
                next = i;
            }
        }
        return wants;
    }

    /** A question about what is; "can you" and the like ask for something. */
    private boolean isQuestion() {
        return asks
                && (QUESTIONS.contains(word(0)) || QUESTIONS.contains(word(1)))
                && !words().contains("please");
    }

    /** The kinds of what a verb is said of: what follows it, if that names something. */
    private Set<String> kinds(int from, int to) {
        List<Token> own = tokens.subList(from, to);
        Set<String> kinds = kinds(own);
        boolean names =
                own.stream().anyMatch(one -> one.text().length() > 2 && !StopWords.are(one.text()));
        return kinds.isEmpty() && !names ? kinds(tokens) : kinds;
    }

    private static Set<String> kinds(List<Token> words) {
        return LEXICON.kinds(
                words.stream()
                        .map(one -> Words.stem(one.text()))
                        .filter(one -> LEXICON.effects(one).isEmpty() || LEXICON.isAlsoNoun(one))
                        .toList());
    }

    /**
     * What stands where a command does, and no table knows: only a tool of this very name does it.
     */
    private boolean isCommand(int at) {
        return word(at).length() > 3
                && !StopWords.are(word(at))
                && (at == 0 || COMMANDING.contains(word(at - 1)))
                && !isNegated(at);
    }

    /** Who makes or takes away a part of something changes it; who goes to a page only reads. */
    private Set<Effect> meant(Set<Effect> effects, int at) {
        boolean opens = SOME.contains(word(at + 1)) && effects.contains(Effect.CREATE);
        if (effects.contains(Effect.FETCH) && !opens) {
            return Set.of(Effect.FETCH);
        }
        EnumSet<Effect> meant = EnumSet.copyOf(effects);
        boolean some =
                words().subList(at + 1, Math.min(tokens.size(), at + 4)).stream()
                        .anyMatch(SOME::contains);
        if (effects.contains(Effect.SHARE) && some) {
            meant.add(Effect.CREATE); // give her a code
        }
        if (effects.contains(Effect.CREATE) || effects.contains(Effect.REMOVE)) {
            meant.add(Effect.CHANGE);
        }
        return meant;
    }

    private boolean asksBy(int at, String stem) {
        String word = word(at);
        String before = word(at - 1);
        if (isNegated(at) || isForTheAsker(at, stem) || isInquiry(at)) {
            return false;
        }
        if (isDone(at)) {
            return true;
        }
        boolean past = word.endsWith("ed") || PAST.contains(word);
        if (past && !word.equals(stem)) {
            return PASSIVE.contains(before) || isWanted(at);
        }
        boolean opens = at == 0 || tokens.get(at).comma() || BEFORE_VERB.contains(before);
        if (LEXICON.isAlsoNoun(stem)) {
            boolean plural = word.endsWith("s") && !stem.endsWith("s");
            String after = word(at + 1);
            boolean has = OBJECTS.contains(after) || after.matches("[0-9]+"); // close 45, mail him
            boolean free =
                    !DETERMINERS.contains(before) && LEXICON.effects(Words.stem(before)).isEmpty();
            return (opens || (has && free)) && !plural && !OF_NOUN.contains(after);
        }
        return !DETERMINERS.contains(before) || opens || word.endsWith("ing");
    }

    /** "What did I pay" asks what was, "pay nothing" for nothing. */
    private boolean isInquiry(int at) {
        List<String> before = words().subList(Math.max(0, at - 4), at);
        return before.contains("did") || before.contains("does") || word(at + 1).equals("nothing");
    }

    /** "Tell me" and "give us" ask for an answer, not for an effect. */
    private boolean isForTheAsker(int at, String stem) {
        return ANSWERS.contains(stem) && ASKER.contains(word(at + 1));
    }

    /** "Initiate a purchase": a light verb, and the noun that says what is to be done. */
    private boolean isDone(int at) {
        boolean said = false; // which one
        for (int i = at - 1; i >= Math.max(0, at - 5); i--) {
            if (said && LIGHT.contains(Words.stem(word(i))) && !ASKER.contains(word(i + 1))) {
                return (i >= at - 3 && DETERMINERS.contains(word(at - 1)))
                        || LIGHTEST.contains(Words.stem(word(i)));
            }
            said |= i >= at - 2 && DETERMINERS.contains(word(i));
        }
        return false;
    }

    private boolean isWanted(int at) {
        return !PERFECT.contains(word(at - 1)) // it has been done already
                && words().subList(Math.max(0, at - 8), at).stream().anyMatch(WANTS::contains);
    }

    private boolean isNegated(int at) {
        boolean not = false;
        for (int i = Math.max(0, at - 4); i < at; i++) {
            not |= NOT.contains(word(i)) && !word(i - 1).equals("if");
            if (Set.of("forget", "hesitate", "fail").contains(word(i))) {
                return false;
            }
            if (tokens.get(i + 1).comma()) {
                not = false;
            }
        }
        return not;
    }
}
