package dev.remit.identity;

import java.util.regex.Pattern;

/** Names one credential that the gateway keeps for an upstream; says nothing of its content. */
public record CredentialId(String text) {
    private static final Pattern FORM = Pattern.compile("crd_[0-9A-Za-z_-]{1,64}");

    public CredentialId {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("`" + text + "` is not of the form crd_…");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
