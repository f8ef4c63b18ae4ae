package dev.remit.decision.intent;

import java.util.Arrays;

/** The runs of words in a text, each as a number: so many in a row are no coincidence. */
final class Runs {
    static final Runs NONE = new Runs(new long[0]);
    private static final int LENGTH = 5; // words
    private static final long PRIME = 0x100000001b3L; // FNV-1a, 64 bits
    private static final long START = 0xcbf29ce484222325L;

    private final long[] sorted;

    private Runs(long[] sorted) {
        this.sorted = sorted;
    }

    /** Those of a {@linkplain Words#normal normal} text. */
    static Runs of(String normal) {
        char[] text = normal.toCharArray();
        long[] words = new long[text.length / 2 + 1];
        int count = 0;
        long word = START;
        for (int i = 0; i <= text.length; i++) {
            if (i < text.length && isInside(text[i])) {
                word = (word ^ text[i]) * PRIME;
            } else if (word != START) {
                words[count++] = word;
                word = START;
            }
        }
        return count < LENGTH ? NONE : of(words, count);
    }

    private static Runs of(long[] words, int count) {
        long[] runs = new long[count - LENGTH + 1];
        for (int i = 0; i < runs.length; i++) {
            long run = START;
            for (int j = i; j < i + LENGTH; j++) {
                run = (run ^ words[j]) * PRIME;
            }
            runs[i] = run;
        }
        Arrays.sort(runs);
        return new Runs(runs);
    }

    private static boolean isInside(char c) {
        return (c >= 'a' && c <= 'z') || Character.isLetterOrDigit(c);
    }

    /** These without those. */
    Runs without(Runs others) {
        return new Runs(Arrays.stream(sorted).filter(run -> !others.has(run)).toArray());
    }

    boolean meets(Runs others) {
        return Arrays.stream(sorted).anyMatch(others::has);
    }

    private boolean has(long run) {
        return Arrays.binarySearch(sorted, run) >= 0;
    }
}
