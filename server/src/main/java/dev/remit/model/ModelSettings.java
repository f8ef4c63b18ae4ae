package dev.remit.model;

import dev.remit.identity.Secret;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * A model that the operator runs.
 *
 * @param url where its API begins, as in {@code http://127.0.0.1:8080/v1}
 * @param name of the model, as the API wants it
 * @param token that the API wants, if it wants one
 * @param looks at what it looks
 */
public record ModelSettings(URI url, String name, Optional<Secret> token, Set<Look> looks) {
    public ModelSettings {
        looks = Set.copyOf(looks);
    }

    /** When a model looks. */
    public enum Look {
        /** When the rules ask or refuse: it explains. */
        DOUBTS,
        /** When the rules let an effect through: it may hold that back. */
        EFFECTS,
        /** When a mandate is given: it says what else the task's words may ask for. */
        TASKS
    }
}
