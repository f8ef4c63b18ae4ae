package dev.remit.decision.intent;

import dev.remit.call.ArgumentRole;
import dev.remit.call.Effect;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What words mean to the rules; read once from the tables beside this class. */
final class Lexicon {
    private static final int AGAIN = 5; // characters of a verb that begins with "re"
    private static final Lexicon ENGLISH = new Lexicon();

    private final Map<String, EnumSet<Effect>> verbs = new HashMap<>();
    private final Set<String> nouns = new HashSet<>();
    private final Map<String, ArgumentRole> roles = new HashMap<>();
    private final Map<String, Set<String>> kinds = new HashMap<>();

    private Lexicon() {
        lines("verbs.txt")
                .forEach(
                        line -> {
                            Effect effect = Effect.valueOf(line.getFirst());
                            for (String word : line.subList(1, line.size())) {
                                boolean noun = word.startsWith("~");
                                String stem = Words.stem(noun ? word.substring(1) : word);
                                verbs.computeIfAbsent(stem, _ -> EnumSet.noneOf(Effect.class))
                                        .add(effect);
                                if (noun) {
                                    nouns.add(stem);
                                }
                            }
                        });
        lines("kinds.txt")
                .forEach(
                        line ->
                                line.forEach(
                                        word ->
                                                kinds.computeIfAbsent(
                                                                Words.stem(word),
                                                                _ -> new HashSet<>())
                                                        .add(line.getFirst())));
        lines("roles.txt")
                .forEach(
                        line -> {
                            ArgumentRole role = ArgumentRole.valueOf(line.getFirst());
                            line.subList(1, line.size())
                                    .forEach(word -> roles.putIfAbsent(word, role));
                        });
    }

    /** The kinds of objects that these words name; a word is given by its stem. */
    Set<String> kinds(Iterable<String> stems) {
        Set<String> found = new HashSet<>();
        stems.forEach(stem -> found.addAll(kinds.getOrDefault(stem, Set.of())));
        return found;
    }

    static Lexicon english() {
        return ENGLISH;
    }

    static List<List<String>> lines(String table) {
        try (InputStream in = Lexicon.class.getResourceAsStream(table)) {
            String text =
                    new String(
                            Objects.requireNonNull(in, table).readAllBytes(),
                            StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> List.of(line.strip().split("[: ]+")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a verb may do; empty for a word that is none. */
    Set<Effect> effects(String stem) {
        EnumSet<Effect> found = verbs.get(stem);
        if (found == null && stem.startsWith("re") && stem.length() > AGAIN) {
            found = verbs.get(stem.substring(2)); // resend, reissue
        }
        return found == null ? Set.of() : found;
    }

    /** Whether the verb is as often a noun. */
    boolean isAlsoNoun(String stem) {
        return nouns.contains(stem);
    }

    Optional<ArgumentRole> role(String word) {
        return Optional.ofNullable(roles.get(word));
    }
}
