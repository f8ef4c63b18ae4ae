package dev.remit.identity;

import java.util.regex.Pattern;

/** Names one mandate, as a token does; never used again. */
public record MandateId(String text) {
    private static final Pattern FORM = Pattern.compile("mdt_[0-9A-Za-z_-]{1,64}");

    public MandateId {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("`" + text + "` is not of the form mdt_…");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
