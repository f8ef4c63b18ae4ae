package dev.remit.cedar;

/**
 * Why a text is no policy, where, and what to do about it.
 *
 * @param line counted from 1
 * @param column counted from 1
 * @param sentence says what to write instead
 */
public record Problem(int line, int column, String sentence) {
    static Problem at(String text, int offset, String sentence) {
        int line = 1;
        int start = 0;
        for (int at = 0; at < offset; at++) {
            if (text.charAt(at) == '\n') {
                line++;
                start = at + 1;
            }
        }
        return new Problem(line, offset - start + 1, sentence);
    }

    @Override
    public String toString() {
        return "line " + line + ", column " + column + ": " + sentence;
    }
}
