package dev.remit.identity;

import dev.remit.call.IdForm;

/** Names one passport that this gateway issued, by its number, which is its place in the lists. */
public record PassportId(String text) {
    private static final String PREFIX = "psp_";

    public PassportId {
        IdForm.check(PREFIX, text);
        if (!text.matches("psp_(0|[1-9][0-9]{0,14})")) {
            throw new IllegalArgumentException("`" + text + "` is not of the form psp_NUMBER");
        }
    }

    public static PassportId of(long number) {
        return new PassportId(PREFIX + number);
    }

    public long number() {
        return Long.parseLong(text.substring(PREFIX.length()));
    }

    @Override
    public String toString() {
        return text;
    }
}
