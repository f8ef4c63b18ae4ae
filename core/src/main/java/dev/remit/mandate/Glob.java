package dev.remit.mandate;

/** A whole-text pattern: {@code *} stands for any characters, {@code ?} for one;. */
public record Glob(String text) {

    public boolean isExact() {
        return text.indexOf('*') < 0 && text.indexOf('?') < 0;
    }

    /** Whether the whole of {@code given} is as the pattern says; at most length × length steps. */
    public boolean matches(String given) {
        int at = 0;
        int in = 0;
        int star = -1;
        int resume = 0;
        while (in < given.length()) {
            if (at < text.length() && text.charAt(at) == '*') {
                star = at++;
                resume = in;
            } else if (at < text.length()
                    && (text.charAt(at) == '?' || text.charAt(at) == given.charAt(in))) {
                at++;
                in++;
            } else if (star >= 0) {
                at = star + 1;
                in = ++resume;
            } else {
                return false;
            }
        }
        while (at < text.length() && text.charAt(at) == '*') {
            at++;
        }
        return at == text.length();
    }
}
