package dev.remit.identity;

import java.util.regex.Pattern;

/** Names one human on whose behalf agents act (resource owner, {@code sub}). */
public record PersonId(String text) {
    private static final Pattern FORM = Pattern.compile("per_[0-9A-Za-z_-]{1,64}");

    public PersonId {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("`" + text + "` is not of the form per_…");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
