package dev.remit.mandate;

import dev.remit.call.Value;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a person says beside the task's words of what they ask for, where the words were understood
 * wrongly.
 *
 * @param not what is not to be done, whatever the words ask for
 * @param also what is asked for as if in words
 */
public record Amendment(Set<Act> not, Set<Act> also) {
    public static final Amendment NONE = new Amendment(Set.of(), Set.of());

    public Amendment {
        not = Set.copyOf(not);
        also = Set.copyOf(also);
        if (not.stream().anyMatch(also::contains)) {
            throw new IllegalArgumentException("what is not to be done is not asked for as well");
        }
    }

    /** What may be done to the world, in the words of the rules of intent. */
    public enum Act {
        CREATE,
        CHANGE,
        REMOVE,
        SEND,
        SHARE,
        PAY;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * Reads {@link #code}.
         *
         * @throws IllegalArgumentException if it is none
         */
        public static Act of(String code) {
            return Stream.of(values())
                    .filter(one -> one.code().equals(code))
                    .findFirst()
                    .orElseThrow(
                            () ->
                                    new IllegalArgumentException(
                                            "what a task asks for is one of "
                                                    + Stream.of(values())
                                                            .map(Act::code)
                                                            .collect(Collectors.joining(", "))));
        }
    }

    /** A phrase each, for people. */
    public List<String> said() {
        return Stream.concat(
                        sorted(not).map(one -> "not to " + one + ", as the giver said"),
                        sorted(also).map(one -> "also to " + one + ", as the giver said"))
                .toList();
    }

    /** As JSON; empty if it says nothing. */
    Optional<Value> write() {
        return equals(NONE)
                ? Optional.empty()
                : Optional.of(
                        Value.object().putIf("not", codes(not)).putIf("also", codes(also)).build());
    }

    /**
     * Reads the field {@code amended}, if it is there.
     *
     * @throws IllegalArgumentException if it says nothing, or what is not known
     */
    public static Amendment read(Value.Fields text) {
        Optional<Value.Fields> written =
                MandateText.present(text, "amended", text.fields("amended"));
        if (written.isEmpty()) {
            return NONE;
        }
        MandateText.only(written.get(), "not", "also");
        Amendment read = new Amendment(acts(written.get(), "not"), acts(written.get(), "also"));
        if (read.equals(NONE)) {
            throw MandateText.missing("amended");
        }
        return read;
    }

    private static Optional<Value> codes(Set<Act> acts) {
        return acts.isEmpty()
                ? Optional.empty()
                : Optional.of(Value.ofTexts(sorted(acts).toList()));
    }

    private static Stream<String> sorted(Set<Act> acts) {
        return acts.stream().sorted().map(Act::code);
    }

    private static Set<Act> acts(Value.Fields written, String name) {
        Set<Act> acts = EnumSet.noneOf(Act.class);
        for (Value one : MandateText.list(written, name)) {
            if (!(one instanceof Value.Text(String code)) || !acts.add(Act.of(code))) {
                throw MandateText.missing(name);
            }
        }
        return acts;
    }
}
