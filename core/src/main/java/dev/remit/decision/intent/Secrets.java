package dev.remit.decision.intent;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a tool answered under a name that says that it is confidential, found in what goes out. */
final class Secrets {
    private static final int SHORTEST = 4;
    private static final int SURE = 6; // characters that are no coincidence inside of others
    private static final Set<Set<String>> NAMES = names();
    private static final Pattern CODED = Pattern.compile("[A-Za-z0-9+/_-]{8,4000}={0,2}");
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

    private static Set<String> stems(List<String> words) {
        Set<String> stems = new HashSet<>();
        words.forEach(word -> stems.add(Words.stem(word)));
        return stems;
    }

    /** Whether the field, or the tool that answers nothing else, is called like a secret. */
    static boolean is(String key, String normal, Output output) {
        if (normal.length() < SHORTEST || normal.length() > 200 || output.own()) {
            return false;
        }
        Set<String> named = stems(Words.parts(key));
        if (isNamed(named)) {
            return true;
        }
        boolean bare = named.isEmpty() || named.contains("valu") || named.contains("cod");
        named.addAll(output.reading().nouns());
        return bare && isNamed(named);
    }

    private static boolean isNamed(Set<String> words) {
        return NAMES.stream().anyMatch(words::containsAll);
    }

    /** A secret that this text carries, as it is, spelled out, backwards or encoded. */
    static Optional<Leaf> in(String text, Memory memory) {
        if (memory.secrets().isEmpty()) {
            return Optional.empty();
        }
        List<String> forms = new ArrayList<>();
        forms.add(Words.normal(text));
        Matcher coded = CODED.matcher(text);
        while (coded.find()) {
            decoded(coded.group()).ifPresent(forms::add);
        }
        return memory.secrets().stream()
                .filter(leaf -> !isSpokenOf(leaf, memory.plan()))
                .filter(leaf -> forms.stream().anyMatch(form -> holds(form, leaf.normal())))
                .findFirst();
    }

    private static Optional<String> decoded(String coded) {
        try {
            String plain = coded.replace('-', '+').replace('_', '/');
            byte[] bytes = Base64.getDecoder().decode(plain);
            return Optional.of(Words.normal(new String(bytes, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean holds(String text, String secret) {
        String bare = bare(secret);
        if (bare.length() < SURE) {
            return Words.holds(text, secret);
        }
        String where = bare(text);
        return where.contains(bare) || where.contains(new StringBuilder(bare).reverse().toString());
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
