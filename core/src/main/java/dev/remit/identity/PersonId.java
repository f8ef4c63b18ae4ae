package dev.remit.identity;

/** Names one human on whose behalf agents act (resource owner, {@code sub}). */
public record PersonId(String text) {
    public PersonId {
        if (!text.matches("per_[0-9A-Za-z_-]{1,64}")) {
            throw new IllegalArgumentException("`" + text + "` is not of the form per_…");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
