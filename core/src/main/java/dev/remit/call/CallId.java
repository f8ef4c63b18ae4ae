package dev.remit.call;

import java.util.regex.Pattern;

/** Names one attempted action; time-ordered, so that the ledger can be searched by it. */
public record CallId(String text) {
    private static final Pattern FORM = Pattern.compile("call_[0-9A-Za-z_-]{1,64}");

    public CallId {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("`" + text + "` is not of the form call_…");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
