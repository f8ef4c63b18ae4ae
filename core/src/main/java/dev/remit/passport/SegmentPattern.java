package dev.remit.passport;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Describes subjects by their segments, which {@code /} and {@code :} separate: {@code *} stands
 * for one whole segment, {@code **} at the end for one or more. Never for a part of one.
 */
public record SegmentPattern(String text) {
    private static final String PLAIN = "[0-9A-Za-z._@=+~|#,-]";
    private static final Pattern PARTS = Pattern.compile(PLAIN + "+|[:/]+");
    private static final String REST = "**";

    public SegmentPattern {
        List<String> parts = parts(text.replace('*', '+'));
        boolean whole =
                parts(text.replaceAll("\\*", "")).isEmpty()
                        || !text.matches(".*(" + PLAIN + "\\*|\\*" + PLAIN + ").*");
        boolean stars = !text.matches(".*\\*{3}.*") && text.indexOf(REST) == lastRest(text);
        if (parts.isEmpty() || !whole || !stars) {
            throw new IllegalArgumentException(
                    "`"
                            + text
                            + "` is not plain; * stands for a whole segment between / and :, ** for all"
                            + " at the end");
        }
    }

    /** The only place where all the rest may stand; -1 if it does not. */
    private static int lastRest(String text) {
        return text.endsWith(REST) ? text.length() - REST.length() : -1;
    }

    /** Whether the whole subject is as described; one with odd parts never is. */
    public boolean matches(String subject) {
        List<String> given = parts(subject);
        List<String> wanted = wanted();
        boolean rest = wanted.getLast().equals(REST);
        if (given.isEmpty()
                || (rest ? given.size() < wanted.size() : given.size() != wanted.size())) {
            return false;
        }
        for (int i = 0; i < wanted.size(); i++) {
            String want = wanted.get(i);
            boolean any = want.equals("*") || want.equals(REST);
            if (any ? isSeparator(given.get(i)) : !want.equals(given.get(i))) {
                return false;
            }
        }
        return !isSeparator(given.getLast());
    }

    private List<String> wanted() {
        List<String> wanted = new ArrayList<>();
        Matcher matcher = Pattern.compile("\\*+|" + PARTS.pattern()).matcher(text);
        while (matcher.find()) {
            wanted.add(matcher.group());
        }
        return wanted;
    }

    /** Segments and what is between them; empty if it is odd. */
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        Matcher matcher = PARTS.matcher(text);
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            end = matcher.end();
            if (matcher.group().matches("\\.+")) {
                return List.of();
            }
            parts.add(matcher.group());
        }
        return end == text.length() ? parts : List.of();
    }

    private static boolean isSeparator(String part) {
        return part.charAt(0) == '/' || part.charAt(0) == ':';
    }
}
