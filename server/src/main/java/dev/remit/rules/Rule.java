package dev.remit.rules;

import dev.remit.cedar.Policy;
import dev.remit.ledger.RuleSaid;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One rule of the organisation: a policy, and how it is to be taken.
 *
 * @param file where it stands
 * @param asks whether it wants a person's yes, and does not refuse for good
 * @param ceiling whether it is also held against mandates that are given
 * @param draws how many calls under a mandate it says yes to instead of the giver; 0 if it only
 *     permits or forbids
 * @param say what it says to people
 */
public record Rule(
        Policy policy,
        String file,
        Mode mode,
        boolean asks,
        boolean ceiling,
        long draws,
        String say) {
    private static final Set<String> KNOWN =
            Set.of("id", "say", "ask", "mode", "ceiling", "draw", "note");
    private static final int LONGEST_SAY = 500;

    /** Whether it counts already. */
    public enum Mode {
        /** What it would have done is in the record. */
        OBSERVE,
        /** The same, and the operator is told. */
        WARN,
        ENFORCE;

        static Optional<Mode> of(String text) {
            return Arrays.stream(values())
                    .filter(one -> one.name().toLowerCase(java.util.Locale.ROOT).equals(text))
                    .findFirst();
        }
    }

    static Rule of(Policy policy, String file) {
        String at = file + ": line " + policy.line() + ": ";
        Map<String, String> notes = policy.annotations();
        for (String name : notes.keySet()) {
            if (!KNOWN.contains(name)) {
                throw new RulesUnreadable(
                        at
                                + "`@"
                                + name
                                + "` is not known here; known: @id, @say, @ask, @mode, @ceiling,"
                                + " @draw, @note");
            }
        }
        if (!RuleSaid.isName(notes.getOrDefault("id", ""))) {
            throw new RulesUnreadable(
                    at
                            + "a rule has a name of its own, 1 to 64 of A-Z, a-z, 0-9, ., _ and -, as"
                            + " in @id(\"no-payments-at-night\")");
        }
        if (policy.isTemplate()) {
            throw new RulesUnreadable(
                    at + "a template applies to nothing; write what ?principal or ?resource is");
        }
        boolean permits = policy.effect() == Policy.Effect.PERMIT;
        if (permits
                && (notes.containsKey("ask")
                        || notes.containsKey("mode")
                        || notes.containsKey("ceiling"))) {
            throw new RulesUnreadable(
                    at + "@ask, @mode and @ceiling belong to a `forbid`; leave them out here");
        }
        String written = notes.getOrDefault("mode", "enforce");
        Mode mode =
                Mode.of(written)
                        .orElseThrow(
                                () ->
                                        new RulesUnreadable(
                                                at
                                                        + "`@mode` is \"observe\", \"warn\" or"
                                                        + " \"enforce\""));
        String say = notes.getOrDefault("say", "");
        if (say.length() > LONGEST_SAY || say.chars().anyMatch(Character::isISOControl)) {
            throw new RulesUnreadable(
                    at + "`@say` is one line of at most " + LONGEST_SAY + " characters");
        }
        return new Rule(
                policy,
                file,
                mode,
                notes.containsKey("ask"),
                notes.containsKey("ceiling"),
                draws(notes, permits, at),
                say);
    }

    private static long draws(Map<String, String> notes, boolean permits, String at) {
        String written = notes.get("draw");
        if (written == null) {
            return 0;
        }
        if (!permits || !written.matches("[1-9][0-9]{0,3}")) {
            throw new RulesUnreadable(
                    at
                            + "`@draw` belongs to a `permit`, with how many calls under a mandate it"
                            + " says yes to, 1 to 9999, as in @draw(\"5\")");
        }
        return Long.parseLong(written);
    }

    /** Its name. */
    public String id() {
        return policy.id();
    }

    /** Where it stands, for people. */
    public String place() {
        return file + ": line " + policy.line();
    }

    boolean permits() {
        return policy.effect() == Policy.Effect.PERMIT;
    }

    /** Whether what it forbids can be told before there is a call. */
    boolean holdsAtGiving() {
        return ceiling
                && !asks
                && mode == Mode.ENFORCE
                && !policy.mentions().wholeContext()
                && Facts.OF_CALLS.stream().noneMatch(policy.mentions().context()::contains);
    }
}
