package dev.remit.decision.intent;

import java.util.Map;

/** Words with marks, found in a text without being cut out of it. */
final class WordTable {
    private static final int ROOM = 4; // places for each word
    private static final int ENDS = 1024;
    private static final int PRIME = 31;

    private final String[] words;
    private final int[] marks;
    private final long[] lengths = new long[ENDS]; // of the words, by first and last character

    WordTable(Map<String, Integer> marked) {
        int size = Integer.highestOneBit(Math.max(1, marked.size()) * ROOM);
        words = new String[size];
        marks = new int[size];
        for (Map.Entry<String, Integer> entry : marked.entrySet()) {
            String word = entry.getKey();
            int place = place(hash(word.toCharArray(), 0, word.length()));
            while (marks[place] != 0) {
                place = (place + 1) & (size - 1);
            }
            words[place] = word;
            marks[place] = entry.getValue();
            int ends = ends(word.charAt(0), word.charAt(word.length() - 1));
            lengths[ends] |= 1L << word.length();
        }
    }

    /** The marks of the word that stands there; 0 if the table has none. */
    int marks(char[] text, int start, int end) {
        int length = end - start;
        if (length >= Long.SIZE || (lengths[ends(text[start], text[end - 1])] >> length & 1) == 0) {
            return 0;
        }
        int place = place(hash(text, start, end));
        while (marks[place] != 0) {
            if (stands(words[place], text, start, length)) {
                return marks[place];
            }
            place = (place + 1) & (words.length - 1);
        }
        return 0;
    }

    private static boolean stands(String word, char[] text, int start, int length) {
        if (word.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (word.charAt(i) != text[start + i]) {
                return false;
            }
        }
        return true;
    }

    private static int ends(char first, char last) {
        return (PRIME * first + last) & (ENDS - 1);
    }

    private int place(int hash) {
        return (hash ^ (hash >>> 15)) & (words.length - 1);
    }

    /** Its length and three of its characters tell nearly all words apart. */
    private static int hash(char[] text, int start, int end) {
        int middle = text[start + (end - start) / 2];
        return ((PRIME * text[start] + middle) * PRIME + text[end - 1]) * PRIME + end - start;
    }
}
