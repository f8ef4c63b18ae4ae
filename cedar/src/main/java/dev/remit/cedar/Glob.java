package dev.remit.cedar;

import java.util.List;

/** What stands after {@code like}: texts with a wildcard between each two of them. */
record Glob(List<String> parts) {
    /** Takes the earliest place for each part, which is as good as any other. */
    boolean matches(String text) {
        String first = parts.getFirst();
        if (parts.size() == 1) {
            return text.equals(first);
        }
        String last = parts.getLast();
        int end = text.length() - last.length();
        if (!text.startsWith(first) || !text.endsWith(last)) {
            return false;
        }
        int at = first.length();
        for (String part : parts.subList(1, parts.size() - 1)) {
            int found = text.indexOf(part, at);
            if (found < 0) {
                return false;
            }
            at = found + part.length();
        }
        return at <= end;
    }
}
