package dev.remit.call;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the operator says of a tool where its definition was read wrongly. It stands until it is
 * taken back, also when the definition changes.
 *
 * @param effects instead of those that were read; none leaves those
 * @param roles of arguments, by name, instead of those that were read
 */
public record Correction(Set<Effect> effects, Map<String, ArgumentRole> roles) {
    public static final Correction NONE = new Correction(Set.of(), Map.of());

    private static final int MOST = 100; // arguments
    private static final int LONGEST = 200; // characters of an argument's name

    public Correction {
        effects = Set.copyOf(effects);
        roles = Map.copyOf(roles);
        if (roles.size() > MOST
                || roles.keySet().stream().anyMatch(one -> one.length() > LONGEST)) {
            throw new IllegalArgumentException(
                    "a correction speaks of 100 arguments at most, of 200 characters at most");
        }
    }

    /** Whether it says nothing. */
    public boolean isNone() {
        return equals(NONE);
    }

    /** As it is written down: {@code effects}, {@code arguments}. */
    public Value.Fields write() {
        Value.Building named = Value.object();
        new TreeMap<>(roles).forEach((name, role) -> named.put(name, role.code()));
        return Value.object()
                .put("effects", Value.ofTexts(effects.stream().sorted().map(Effect::code).toList()))
                .put("arguments", named.build())
                .build();
    }

    /**
     * What was written down, or asked for.
     *
     * @throws IllegalArgumentException for an effect or a use of an argument that there is none of
     */
    public static Correction read(Value.Fields written) {
        Set<Effect> effects = EnumSet.noneOf(Effect.class);
        for (Value one : written.items("effects")) {
            effects.add(Effect.of(one instanceof Value.Text(String code) ? code : ""));
        }
        Map<String, ArgumentRole> roles = new HashMap<>();
        written.fields("arguments")
                .orElse(Value.Fields.EMPTY)
                .values()
                .forEach(
                        (name, one) ->
                                roles.put(
                                        name,
                                        ArgumentRole.of(
                                                one instanceof Value.Text(String code)
                                                        ? code
                                                        : "")));
        return new Correction(effects, roles);
    }

    /** What both say; where they speak of the same, this one counts. */
    public Correction over(Correction other) {
        Map<String, ArgumentRole> all = new HashMap<>(other.roles);
        all.putAll(roles);
        return new Correction(effects.isEmpty() ? other.effects : effects, all);
    }
}
