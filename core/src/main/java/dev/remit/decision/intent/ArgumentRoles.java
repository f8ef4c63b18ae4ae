package dev.remit.decision.intent;

import dev.remit.call.ArgumentRole;
import dev.remit.call.Effect;
import dev.remit.call.Value;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a tool's arguments are for, by their names, and by what the tool does. */
final class ArgumentRoles {
    private static final Lexicon LEXICON = Lexicon.english();
    private static final Set<Effect> READS = EnumSet.of(Effect.READ, Effect.FETCH);
    private static final Set<Effect> MENDING = EnumSet.of(Effect.CREATE, Effect.CHANGE);
    private static final Set<Effect> SAYING = EnumSet.of(Effect.SEND, Effect.CREATE, Effect.SHARE);
    private static final Set<String> TAILS =
            Set.of("id", "ids", "name", "names", "number", "handle");
    private static final Set<String> OWNED = Words.stems("contact user friend");
    private static final Set<String> TEXTS = Set.of("text", "body", "content", "message");
    private static final Set<String> AUDIENCES = Set.of("list", "group", "team");
    private static final Set<String> PURSES = Set.of("account", "iban", "wallet", "card");
    private static final Set<String> SOURCES = Set.of("from", "source", "payer", "debit");
    private static final Set<String> SENDING =
            Set.of("ship deliver forward redirect send bill pay transfer mail reply".split(" "));

    private ArgumentRoles() {}

    /**
     * Those of a tool.
     *
     * @param nouns stems of the words of its name that are not its verb
     */
    static Map<String, ArgumentRole> of(ToolShape shape, Set<String> nouns, Set<Effect> effects) {
        Map<String, ArgumentRole> roles = new HashMap<>();
        shape.arguments()
                .forEach(
                        (argument, schema) -> {
                            ArgumentRole role = of(argument, schema, effects, shape);
                            boolean object =
                                    isSaidOf(argument, role, nouns, effects, shape)
                                            || (role == ArgumentRole.PLAIN
                                                    && ToolShape.isFree(schema)
                                                    && isObject(argument, nouns));
                            roles.put(argument, object ? ArgumentRole.TARGET : role);
                        });
        return roles;
    }

    private static ArgumentRole of(
            String argument, Value schema, Set<Effect> effects, ToolShape shape) {
        boolean says = effects.contains(Effect.SEND);
        if (!ToolShape.isFree(schema)) {
            return ArgumentRole.PLAIN;
        }
        if (argument.equals("to") && shape.arguments().containsKey("from") && !says) {
            return ArgumentRole.PLAIN; // the end of a time, or of a way
        }
        if (says && AUDIENCES.contains(argument)) {
            return ArgumentRole.DESTINATION;
        }
        if (argument.equals("value")) {
            return ToolShape.isNumeric(schema) ? ArgumentRole.AMOUNT : ArgumentRole.TARGET;
        }
        return of(argument, effects);
    }

    /** Whether it is called like a text, and says which: the comment that a reply is to. */
    private static boolean isSaidOf(
            String argument,
            ArgumentRole role,
            Set<String> nouns,
            Set<Effect> effects,
            ToolShape shape) {
        return role == ArgumentRole.CONTENT
                && nouns.contains(Words.stem(argument))
                && (effects.stream().noneMatch(SAYING::contains)
                        || shape.arguments().keySet().stream()
                                .anyMatch(one -> TEXTS.contains(one) && !one.equals(argument)));
    }

    /** Whether an argument is called like what the tool acts on, or like a kind of objects. */
    private static boolean isObject(String argument, Set<String> nouns) {
        List<String> parts = Words.parts(argument);
        if (parts.isEmpty() || LEXICON.role(parts.getLast()).isPresent()) {
            return false; // a date is a date
        }
        String noun = Words.stem(parts.getLast());
        return nouns.contains(noun) || !LEXICON.kinds(Set.of(noun)).isEmpty();
    }

    /** What an argument, or a field inside of one, is for. */
    static ArgumentRole of(String argument, Set<Effect> effects) {
        boolean reads = effects.stream().anyMatch(READS::contains);
        List<String> parts = Words.parts(argument);
        if (parts.size() > 1) {
            Optional<ArgumentRole> role = ofParts(parts, effects, reads);
            if (role.isPresent()) {
                return role.get();
            }
        }
        for (int i = parts.size() - 1; i >= 0; i--) { // the last word is the noun
            String part = parts.get(i);
            Optional<ArgumentRole> role =
                    LEXICON.role(part).or(() -> LEXICON.role(Words.stem(part)));
            if (role.isPresent()) {
                boolean whose = OWNED.contains(Words.stem(part)) && MENDING.containsAll(effects);
                return whose ? ArgumentRole.TARGET : role.get();
            }
        }
        return ArgumentRole.PLAIN;
    }

    /** By more than one word of its name. */
    private static Optional<ArgumentRole> ofParts(
            List<String> parts, Set<Effect> effects, boolean reads) {
        String first = parts.getFirst();
        String last = parts.getLast();
        String before = parts.get(parts.size() - 2);
        if (TAILS.contains(last)
                && LEXICON.role(before).filter(ArgumentRole.DESTINATION::equals).isPresent()) {
            String owner = Words.stem(before);
            boolean whose =
                    (OWNED.contains(owner) || owner.equals("account"))
                            && MENDING.containsAll(effects);
            return Optional.of(reads || whose ? ArgumentRole.TARGET : ArgumentRole.DESTINATION);
        }
        if (SOURCES.contains(first) && PURSES.contains(last)) {
            return Optional.of(reads ? ArgumentRole.PLAIN : ArgumentRole.TARGET);
        }
        if (!last.equals("to")) {
            return Optional.empty();
        }
        if (SENDING.contains(first)) {
            return Optional.of(ArgumentRole.DESTINATION);
        }
        return effects.contains(Effect.SEND) ? Optional.empty() : Optional.of(ArgumentRole.TARGET);
    }
}
