package dev.remit.mandate;

/** What the person asked for, in the person's own words. */
public record Task(String words) {
    public static final int MAX_WORDS = 4_000;

    public Task {
        if (words.isBlank() || words.length() > MAX_WORDS) {
            throw new IllegalArgumentException(
                    "a task is said in 1 to " + MAX_WORDS + " characters");
        }
    }
}
