package dev.remit.identity;

import dev.remit.call.IdForm;

/** Names one human on whose behalf agents act (resource owner, {@code sub}). */
public record PersonId(String text) {
    public PersonId {
        IdForm.check("per_", text);
    }

    /** Whether the text names a person, and not an agent or anything else. */
    public static boolean names(String text) {
        return text.startsWith("per_");
    }

    @Override
    public String toString() {
        return text;
    }
}
