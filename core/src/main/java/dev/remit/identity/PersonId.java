package dev.remit.identity;

import dev.remit.call.IdForm;

/** Names one human on whose behalf agents act (resource owner, {@code sub}). */
public record PersonId(String text) {
    public PersonId {
        IdForm.check("per_", text);
    }

    @Override
    public String toString() {
        return text;
    }
}
