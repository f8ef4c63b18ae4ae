package dev.remit.decision.intent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a tool answered under a name that says that it is confidential, found in what goes out. */
final class Secrets {
    private static final int SHORTEST = 4;
    private static final int LONGEST = 200;
    private static final int SURE = 6; // characters that are no coincidence inside of others
    private static final Set<Set<String>> NAMES = names();
    private static final Set<String> BARE = stems(List.of("value", "code", "text", "result"));
    private static final Map<String, List<Set<String>>> BY_WORD = byWord();
    private static final int CODE = 8; // characters of what may be a secret in a code
    private static final Pattern PART = Pattern.compile("[a-z0-9@]{5,}");

    private Secrets() {}

    private static Set<Set<String>> names() {
        Set<Set<String>> names = new HashSet<>();
        for (List<String> line : Lexicon.lines("secrets.txt")) {
            for (String name : line) {
                names.add(stems(List.of(name.split("\\+"))));
            }
        }
        return Set.copyOf(names);
    }

    private static Map<String, List<Set<String>>> byWord() {
        Map<String, List<Set<String>>> names = new HashMap<>();
        for (Set<String> name : NAMES) {
            String first = name.iterator().next();
            names.computeIfAbsent(first, _ -> new ArrayList<>()).add(name);
        }
        return Map.copyOf(names);
    }

    private static Set<String> stems(List<String> words) {
        Set<String> stems = new HashSet<>();
        words.forEach(word -> stems.add(Words.stem(word)));
        return stems;
    }

    /** Whether the field, or the tool that answers nothing else, is called like a secret. */
    static boolean isCalled(String key, ToolReading reading) {
        Set<String> named = stems(Words.parts(key));
        if (isNamed(named)) {
            return true;
        }
        boolean bare = named.isEmpty() || named.stream().anyMatch(BARE::contains);
        named.addAll(reading.nouns());
        return bare && isNamed(named);
    }

    /** Whether a value is long enough to be one, and no story. */
    static boolean mayBe(String normal) {
        return normal.length() >= SHORTEST && normal.length() <= LONGEST;
    }

    private static boolean isNamed(Set<String> words) {
        for (String word : words) {
            for (Set<String> name : BY_WORD.getOrDefault(word, List.of())) {
                if (words.containsAll(name)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A secret that this text carries, as it is, spelled out, backwards or encoded. */
    static Optional<Leaf> in(String text, Memory memory) {
        if (memory.secrets().isEmpty()) {
            return Optional.empty();
        }
        String normal = Words.normal(text);
        String decoded = Words.normal(Encoded.in(text, CODE));
        List<Form> forms = List.of(new Form(normal), new Form(decoded));
        return memory.secrets().stream()
                .filter(leaf -> !isSpokenOf(leaf, memory.plan()))
                .filter(leaf -> forms.stream().anyMatch(form -> form.holds(leaf.normal())))
                .findFirst();
    }

    /** One way of reading what goes out. */
    private record Form(String text, String bare) {
        Form(String text) {
            this(text, Secrets.bare(text));
        }

        boolean holds(String secret) {
            String sought = Secrets.bare(secret);
            return sought.length() < SURE
                    ? Words.holds(text, secret)
                    : bare.contains(sought)
                            || bare.contains(new StringBuilder(sought).reverse().toString());
        }
    }

    private static String bare(String normal) {
        StringBuilder bare = new StringBuilder(normal.length());
        normal.chars().filter(Character::isLetterOrDigit).forEach(c -> bare.append((char) c));
        return bare.toString();
    }

    /** Whether the person said the value, or speaks of what it is. */
    private static boolean isSpokenOf(Leaf leaf, Plan plan) {
        Set<String> names = stems(Words.parts(leaf.key()));
        names.addAll(leaf.output().reading().nouns());
        return plan.says(leaf.normal())
                || NAMES.stream()
                        .filter(names::containsAll)
                        .anyMatch(name -> plan.terms().containsAll(name));
    }

    /** Whether an address has a part that was read somewhere, and that the person did not say. */
    static boolean isCarriedBy(String bare, Memory memory) {
        Matcher part = PART.matcher(bare);
        while (part.find()) {
            String one = part.group();
            boolean telling = one.chars().anyMatch(Character::isDigit) || one.indexOf('@') >= 0;
            if (telling && !memory.plan().says(one) && !memory.exact(one).isEmpty()) {
                return true;
            }
        }
        return false;
    }
}
