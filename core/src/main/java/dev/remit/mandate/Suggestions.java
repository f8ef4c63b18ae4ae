package dev.remit.mandate;

import dev.remit.mandate.Amendment.Act;
import java.util.List;

/**
 * What somebody else than the rules reads out of a task's words. Nothing of it counts before a
 * person has said it beside the words, as an {@link Amendment}.
 */
@FunctionalInterface
public interface Suggestions {
    Suggestions NONE = _ -> List.of();

    /** What these words may ask for as well; empty if nothing more, or if nobody answers. */
    List<Suggestion> of(String words);

    /**
     * One act that the words may ask for.
     *
     * @param because the words that led to it, as they stand in the task
     */
    record Suggestion(Act act, String because) {}
}
