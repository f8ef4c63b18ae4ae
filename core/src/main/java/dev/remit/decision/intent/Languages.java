package dev.remit.decision.intent;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Orders and requests in languages other than English, from the table beside this class. */
final class Languages {
    private static final int NEAR = 80; // characters
    private static final int UNSPACED = 0x600; // scripts from here on need no blank before
    static final int OVERRIDE = 2;
    static final int PHRASE = 4;
    private static final Languages ALL = new Languages();

    private final Map<String, Set<String>> overrides = new HashMap<>(); // the word's languages
    private final Map<String, Set<String>> objects = new HashMap<>(); // of a language
    private final Map<Character, List<String>> phrases = new HashMap<>();
    private final BitSet unspaced = new BitSet(); // first characters of phrases without blanks
    private final Map<String, String> verbs = new HashMap<>();
    private final Set<String> please = new HashSet<>();

    private Languages() {
        for (List<String> line : Lexicon.lines("languages.txt")) {
            List<String> words = line.stream().map(LookAlikes::latin).toList();
            switch (line.getFirst()) {
                case "OVERRIDE" ->
                        words.subList(2, words.size())
                                .forEach(
                                        word ->
                                                overrides
                                                        .computeIfAbsent(word, _ -> new HashSet<>())
                                                        .add(line.get(1)));
                case "WHAT" -> objects.put(line.get(1), Set.copyOf(words.subList(2, words.size())));
                case "PHRASE" -> words.subList(1, words.size()).forEach(this::phrase);
                case "VERB" ->
                        words.subList(2, words.size())
                                .forEach(word -> verbs.put(word, line.get(1)));
                default -> please.addAll(words.subList(1, words.size()));
            }
        }
    }

    private void phrase(String word) {
        String phrase = word.replace('_', ' ');
        char first = phrase.charAt(0);
        if (first >= UNSPACED) {
            unspaced.set(first);
        }
        phrases.computeIfAbsent(first, _ -> new ArrayList<>()).add(phrase);
    }

    /** The words that an order may begin with, and how. */
    Map<String, Integer> openings() {
        Map<String, Integer> openings = new HashMap<>();
        overrides.keySet().forEach(word -> openings.put(word, OVERRIDE));
        phrases.values()
                .forEach(
                        list ->
                                list.forEach(
                                        phrase ->
                                                openings.merge(
                                                        phrase.substring(0, wordEnd(phrase, 0)),
                                                        PHRASE,
                                                        (one, other) -> one | other)));
        return openings;
    }

    /** The verbs of requests. */
    Set<String> verbs() {
        return verbs.keySet();
    }

    /** What may stand before them. */
    Set<String> please() {
        return please;
    }

    static Languages all() {
        return ALL;
    }

    /** The same of a script that puts no blanks before words. */
    int phraseInside(String text, int at) {
        char c = text.charAt(at);
        return c >= UNSPACED && unspaced.get(c) ? phraseAt(text, at) : 0;
    }

    /** The length of an order's phrase that starts here; 0 if none does. */
    int phraseAt(String text, int at) {
        char c = text.charAt(at);
        if (c < UNSPACED && !isStart(text, at)) {
            return 0;
        }
        for (String phrase : phrases.getOrDefault(c, List.of())) {
            if (text.startsWith(phrase, at)) {
                return phrase.length();
            }
        }
        return 0;
    }

    /** Whether an order in one of these languages starts here; where it ends, nobody can tell. */
    boolean isOrder(String text, int at) {
        int end = wordEnd(text, at);
        return at < text.length()
                && (phraseAt(text, at) > 0 || (end > at && overrideEnd(text, at, end) > 0));
    }

    /** Whether an order to ignore what was said before stands anywhere in a text. */
    boolean isOrderIn(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isStart(text, i) && Character.isLetter(text.charAt(i))) {
                int end = wordEnd(text, i);
                if (overrideEnd(text, i, end) > 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private static int wordEnd(String text, int at) {
        int end = at;
        while (end < text.length() && Character.isLetter(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isStart(String text, int at) {
        return at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
    }

    /** The end of an order to ignore what was said, if this word begins one; 0 if it does not. */
    int overrideEnd(String text, int start, int end) {
        Set<String> languages = overrides.get(text.substring(start, end));
        if (languages == null) {
            return 0;
        }
        int limit = Math.min(text.length(), end + NEAR);
        int word = -1;
        for (int i = end; i <= limit; i++) {
            char c = i < text.length() ? text.charAt(i) : ' ';
            if (Character.isLetter(c)) {
                word = word < 0 ? i : word;
            } else {
                if (word >= 0 && isObject(languages, text.substring(word, i))) {
                    return i;
                }
                word = -1;
                if (".!?".indexOf(c) >= 0) {
                    return 0;
                }
            }
        }
        return 0;
    }

    private boolean isObject(Set<String> languages, String word) {
        return languages.stream()
                .anyMatch(language -> objects.getOrDefault(language, Set.of()).contains(word));
    }

    /** The English verb that a word of a request means; itself if the table has none. */
    String verb(String word) {
        return verbs.getOrDefault(word, word);
    }
}
