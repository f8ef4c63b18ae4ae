package dev.remit.call;

/** The one form of every id: a prefix that says of what, then 1 to 64 of a-z, A-Z, 0-9, _ and -. */
public final class IdForm {
    private static final int LONGEST = 64;

    private IdForm() {}

    /**
     * @throws IllegalArgumentException if the id has not the form
     */
    public static void check(String prefix, String id) {
        if (!fits(prefix, id)) {
            throw new IllegalArgumentException("`" + id + "` is not of the form " + prefix + "…");
        }
    }

    private static boolean fits(String prefix, String id) {
        int length = id.length() - prefix.length();
        if (length < 1 || length > LONGEST || !id.startsWith(prefix)) {
            return false;
        }
        for (int i = prefix.length(); i < id.length(); i++) {
            char c = id.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && !(c >= '0' && c <= '9') && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }
}
