package dev.remit.decision.intent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The addresses in a text: of mail, of pages, of accounts. */
final class Addresses {
    private static final Pattern PARTED = // an account's number in groups of four
            Pattern.compile(
                    "(?<![a-z0-9])[a-z]{2}[0-9]{2}(?: [a-z0-9]{4}){2,7}(?: [a-z0-9]{1,3})?(?![a-z0-9])");
    private static final String LOCAL = "._%+-"; // beside letters and digits
    private static final String HOST = ".-";
    private static final String PATH = "/._~%?=&+:#-@";
    private static final String TRAILING = ".,!?:;-";
    private static final char ASCII = 128;
    private static final char OTHERS = 0x600; // letters from here on look like none of ours
    private static final int COUNTRY = 2; // letters
    private static final int CHECK = 2; // digits
    private static final int SHORTEST_ACCOUNT = 15;
    private static final int LONGEST_ACCOUNT = 34;

    private Addresses() {}

    /** The address of a mailbox as mail names it, {@code Ruth Noe <ruth@acme.example>}. */
    static Optional<String> ofMailbox(String normal) {
        int start = normal.indexOf(" <");
        if (start <= 0 || !normal.endsWith(">") || normal.indexOf('<') != start + 1) {
            return Optional.empty();
        }
        String inside = normal.substring(start + 2, normal.length() - 1);
        return Optional.of(inside).filter(one -> in(one).equals(List.of(one)));
    }

    /** Those of a {@linkplain Words#normal normal} text, in their order. */
    static List<String> in(String normal) {
        List<String> found = new ArrayList<>();
        Matcher parted = PARTED.matcher(normal);
        while (parted.find()) {
            String account = parted.group().replace(" ", "");
            if (isAccount(account)) {
                found.add(account);
            }
        }
        int at = 0;
        while (at < normal.length()) {
            int end = end(normal, at, PATH);
            if (end > at) {
                inRun(normal.substring(at, end), found);
            }
            at = end + 1;
        }
        return found;
    }

    /** Of a piece that has no blank in it. */
    private static void inRun(String run, List<String> found) {
        int page = page(run);
        if (page >= 0) {
            found.add(trimmed(run.substring(page)));
            inRun(run.substring(0, page), found);
            return;
        }
        for (int at = run.indexOf('@'); at >= 0; at = run.indexOf('@', at + 1)) {
            int start = at;
            while (start > 0 && isOf(run.charAt(start - 1), LOCAL)) {
                start--;
            }
            String address = trimmed(run.substring(start, end(run, at + 1, HOST)));
            if (start < at && address.indexOf('.', at - start) > 0) {
                found.add(address);
            }
        }
        for (String word : Words.of(run)) {
            if (isAccount(word)) {
                found.add(word);
            }
        }
    }

    private static int page(String run) {
        int scheme = run.indexOf("http");
        while (scheme >= 0
                && !run.startsWith("://", scheme + 4)
                && !run.startsWith("s://", scheme + 4)) {
            scheme = run.indexOf("http", scheme + 1);
        }
        int www = run.indexOf("www.");
        return scheme < 0 ? www : www < 0 ? scheme : Math.min(scheme, www);
    }

    /** An account's number as banks write it across borders (ISO 13616). */
    static boolean isAccount(String word) {
        if (word.length() < SHORTEST_ACCOUNT || word.length() > LONGEST_ACCOUNT) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            boolean letter = c >= 'a' && c <= 'z';
            boolean digit = c >= '0' && c <= '9';
            boolean good = i < COUNTRY ? letter : i < COUNTRY + CHECK ? digit : letter || digit;
            if (!good) {
                return false;
            }
        }
        return true;
    }

    private static String trimmed(String address) {
        int end = address.length();
        while (end > 0 && TRAILING.indexOf(address.charAt(end - 1)) >= 0) {
            end--;
        }
        return address.substring(0, end);
    }

    private static int end(String text, int from, String more) {
        int end = from;
        while (end < text.length() && isOf(text.charAt(end), more)) {
            end++;
        }
        return end;
    }

    private static boolean isOf(char c, String more) {
        return (c >= 'a' && c <= 'z')
                || (c >= '0' && c <= '9')
                || (c >= ASCII && c < OTHERS && Character.isLetterOrDigit(c))
                || more.indexOf(c) >= 0;
    }
}
