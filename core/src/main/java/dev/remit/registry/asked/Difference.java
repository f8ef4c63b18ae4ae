package dev.remit.registry.asked;

import java.util.ArrayList;
import java.util.List;

/** What of a text would change, line by line. */
public final class Difference {
    private static final int MOST = 400; // lines that are compared one by one
    private static final int AROUND = 2; // unchanged lines that are shown beside a change

    private Difference() {}

    /** What becomes of a line. */
    public enum Fate {
        STAYS,
        GOES,
        COMES,
        /** Lines that stay and are left out; the text says how many. */
        LEFT_OUT
    }

    public record Line(Fate fate, String text) {}

    /** From the one to the other; only what stays is ever left out. */
    public static List<Line> of(String from, String to) {
        List<String> old = from.lines().toList();
        List<String> now = to.lines().toList();
        int start = 0;
        while (start < Math.min(old.size(), now.size()) && old.get(start).equals(now.get(start))) {
            start++;
        }
        int end = 0;
        while (end < Math.min(old.size(), now.size()) - start
                && old.get(old.size() - 1 - end).equals(now.get(now.size() - 1 - end))) {
            end++;
        }
        List<Line> all = new ArrayList<>();
        old.subList(0, start).forEach(line -> all.add(new Line(Fate.STAYS, line)));
        middle(old.subList(start, old.size() - end), now.subList(start, now.size() - end), all);
        old.subList(old.size() - end, old.size())
                .forEach(line -> all.add(new Line(Fate.STAYS, line)));
        return shortened(all);
    }

    /** By the longest common sequence; texts too long for that are replaced as a whole. */
    private static void middle(List<String> old, List<String> now, List<Line> all) {
        if (old.size() > MOST || now.size() > MOST) {
            old.forEach(line -> all.add(new Line(Fate.GOES, line)));
            now.forEach(line -> all.add(new Line(Fate.COMES, line)));
            return;
        }
        int[][] common = new int[old.size() + 1][now.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = now.size() - 1; j >= 0; j--) {
                common[i][j] =
                        old.get(i).equals(now.get(j))
                                ? common[i + 1][j + 1] + 1
                                : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        while (i < old.size() || j < now.size()) {
            if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
                all.add(new Line(Fate.STAYS, old.get(i++)));
                j++;
            } else if (j == now.size()
                    || (i < old.size() && common[i + 1][j] >= common[i][j + 1])) {
                all.add(new Line(Fate.GOES, old.get(i++)));
            } else {
                all.add(new Line(Fate.COMES, now.get(j++)));
            }
        }
    }

    private static List<Line> shortened(List<Line> all) {
        List<Line> shown = new ArrayList<>();
        int left = 0;
        for (int at = 0; at < all.size(); at++) {
            if (isNearChange(all, at)) {
                leave(left, shown);
                left = 0;
                shown.add(all.get(at));
            } else {
                left++;
            }
        }
        leave(left, shown);
        return shown;
    }

    private static boolean isNearChange(List<Line> all, int at) {
        return all.subList(Math.max(0, at - AROUND), Math.min(all.size(), at + AROUND + 1)).stream()
                .anyMatch(line -> line.fate() != Fate.STAYS);
    }

    private static void leave(int left, List<Line> shown) {
        if (left > 0) {
            shown.add(new Line(Fate.LEFT_OUT, left == 1 ? "1 line stays" : left + " lines stay"));
        }
    }
}
