package dev.remit.mandate;

/**
 * What the person asked for, in the person's own words.
 *
 * @param amended what they said beside the words of what these ask for
 */
public record Task(String words, Amendment amended) {
    public static final int MAX_WORDS = 4_000;

    public Task {
        if (words.isBlank() || words.length() > MAX_WORDS) {
            throw new IllegalArgumentException(
                    "a task is said in 1 to " + MAX_WORDS + " characters");
        }
    }

    /** A task that its words tell alone. */
    public Task(String words) {
        this(words, Amendment.NONE);
    }
}
