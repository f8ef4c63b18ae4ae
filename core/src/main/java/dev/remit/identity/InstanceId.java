package dev.remit.identity;

import java.util.regex.Pattern;

/** Names one running copy of an agent, with one key. */
public record InstanceId(String text) {
    private static final Pattern FORM = Pattern.compile("ins_[0-9A-Za-z_-]{1,64}");

    public InstanceId {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("`" + text + "` is not of the form ins_…");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
