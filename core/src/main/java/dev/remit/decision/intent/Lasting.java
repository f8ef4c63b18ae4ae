package dev.remit.decision.intent;

import dev.remit.call.Effect;
import java.util.Set;

/** What goes on by itself once it is made: it must be asked for as such. */
final class Lasting {
    private static final Set<String> NOUNS =
            Words.stems(
                    "rule filter webhook hook standing recurring automation trigger autopay cron");
    private static final Set<String> ASKING =
            Words.stems(
                    "rule filter webhook hook standing recurring automation automatic automatically"
                            + " trigger autopay cron always weekly monthly daily yearly annually"
                            + " quarterly regularly regular whenever future subscribe repeat");

    private Lasting() {}

    /** Whether the tool makes something lasting that these words do not speak of. */
    static boolean isMore(ToolReading tool, Plan plan) {
        return !tool.effects().equals(Set.of(Effect.REMOVE))
                && tool.nouns().stream().anyMatch(NOUNS::contains)
                && plan.terms().stream().noneMatch(ASKING::contains)
                && !plan.all();
    }
}
