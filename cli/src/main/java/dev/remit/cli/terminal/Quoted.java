package dev.remit.cli.terminal;

import dev.remit.call.Quotation;
import java.util.ArrayList;
import java.util.List;

/**
 * Somebody else's words for a terminal: harmless characters alone, and in lines that are shorter
 * than the screen is wide, so that whoever puts a mark before each line knows that none stands
 * without one.
 */
final class Quoted {
    private static final int NARROWEST = 8;

    private Quoted() {}

    /**
     * The whole text, in lines.
     *
     * @param width of the space for each, in columns
     */
    static List<String> lines(String text, int width) {
        int most = Math.max(NARROWEST, width);
        List<String> lines = new ArrayList<>();
        for (String line : text.split("\\R", -1)) {
            wrap(Quotation.whole(line), most, lines);
        }
        return lines;
    }

    private static void wrap(String line, int most, List<String> lines) {
        StringBuilder part = new StringBuilder();
        int used = 0;
        for (int c : line.codePoints().toArray()) {
            int wide = c < 0x300 ? 1 : 2; // at most; no letter of any script takes more
            if (used + wide > most) {
                lines.add(part.toString());
                part.setLength(0);
                used = 0;
            }
            part.appendCodePoint(c);
            used += wide;
        }
        lines.add(part.toString());
    }
}
