package dev.remit.web;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A path on this gateway, with its query: what a browser may be sent back to. Anything that a
 * browser could read as another host is none.
 */
public record OwnPath(String text) {
    private static final int LONGEST = 4_000;

    /** One slash, then the characters of a URI (RFC 3986); neither {@code //} nor a backslash. */
    private static final Pattern FORM =
            Pattern.compile("/(?:[A-Za-z0-9._~!$&'()*+,;=:@%?-][A-Za-z0-9._~!$&'()*+,;=:@%/?-]*)?");

    public OwnPath {
        if (text.length() > LONGEST || !FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("not a path of this gateway");
        }
    }

    public static Optional<OwnPath> of(String text) {
        return text.length() <= LONGEST && FORM.matcher(text).matches()
                ? Optional.of(new OwnPath(text))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
