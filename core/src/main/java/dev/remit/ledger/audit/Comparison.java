package dev.remit.ledger.audit;

import dev.remit.call.Digest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lays the hashes that were found beside the expected ones, a segment at a time, and says how they
 * differ: by the shortest stretch of changed, removed or inserted entries after which both agree
 * again.
 */
final class Comparison {
    private static final int FARTHEST = 4096;

    /** Another entry at the place of this one; {@code readable} if there is an entry at all. */
    record Replaced(long index, Digest expected, Digest found, boolean readable) {}

    record Removed(long index, Digest expected) {}

    record Inserted(long before, Digest found) {}

    private final List<Replaced> replaced = new ArrayList<>();
    private final List<Removed> removed = new ArrayList<>();
    private final List<Inserted> inserted = new ArrayList<>();
    private final Set<Long> differing = new HashSet<>();

    /**
     * Compares one segment, which starts with entry {@code first}; which entry each of those found
     * stands for.
     */
    long[] add(long first, List<Digest> expected, List<Seen> found) {
        long[] places = new long[found.size()];
        int i = 0;
        int j = 0;
        while (i < expected.size() && j < found.size()) {
            if (expected.get(i).equals(found.get(j).leafHash())) {
                places[j++] = first + i++;
                continue;
            }
            int[] step = step(expected, i, found, j);
            int both = Math.min(step[0], step[1]);
            for (int k = 0; k < step[1]; k++) {
                places[j + k] = first + i + Math.min(k, step[0]);
            }
            for (int k = 0; k < both; k++) {
                replace(first + i + k, expected.get(i + k), found.get(j + k));
            }
            for (int k = both; k < step[0]; k++) {
                removed.add(new Removed(first + i + k, expected.get(i + k)));
            }
            for (int k = both; k < step[1]; k++) {
                inserted.add(new Inserted(first + i, found.get(j + k).leafHash()));
            }
            i += step[0];
            j += step[1];
        }
        for (; i < expected.size(); i++) {
            removed.add(new Removed(first + i, expected.get(i)));
        }
        for (; j < found.size(); j++) {
            places[j] = first + expected.size();
            inserted.add(new Inserted(places[j], found.get(j).leafHash()));
        }
        return places;
    }

    private void replace(long index, Digest expected, Seen found) {
        if (!expected.equals(found.leafHash())) {
            replaced.add(new Replaced(index, expected, found.leafHash(), found.readable()));
            differing.add(index);
        }
    }

    boolean isEmpty() {
        return replaced.isEmpty() && removed.isEmpty() && inserted.isEmpty();
    }

    /** Whether another entry stands at this place. */
    boolean differsAt(long index) {
        return differing.contains(index);
    }

    /** How many to go on on either side until both agree again. */
    private static int[] step(List<Digest> expected, int i, List<Seen> found, int j) {
        for (int k = 1; k < FARTHEST; k++) {
            if (agree(expected, i + k, found, j + k)) {
                return new int[] {k, k};
            }
            if (agree(expected, i + k, found, j)) {
                return new int[] {k, 0};
            }
            if (agree(expected, i, found, j + k)) {
                return new int[] {0, k};
            }
            if (i + k > expected.size() && j + k > found.size()) {
                break;
            }
        }
        return new int[] {1, 1};
    }

    /** Whether two in a row are the same here, or as many as there are. */
    private static boolean agree(List<Digest> expected, int i, List<Seen> found, int j) {
        if (i >= expected.size() || j >= found.size()) {
            return i == expected.size() && j == found.size();
        }
        boolean next =
                i + 1 >= expected.size()
                        || j + 1 >= found.size()
                        || expected.get(i + 1).equals(found.get(j + 1).leafHash());
        return next && expected.get(i).equals(found.get(j).leafHash());
    }

    /**
     * The differences in the words of a person who trusts the expected hashes.
     *
     * @param size of the whole log
     */
    List<Finding> findings(long size) {
        List<Finding> findings = new ArrayList<>();
        Map<Digest, Replaced> byExpected = new HashMap<>();
        replaced.forEach(one -> byExpected.put(one.expected(), one));
        for (Replaced one : replaced) {
            Replaced other = byExpected.get(one.found());
            if (other != null && other.found().equals(one.expected())) {
                if (one.index() < other.index()) {
                    findings.add(new Finding.EntriesExchanged(one.index(), other.index()));
                }
            } else if (one.readable()) {
                findings.add(new Finding.EntryChanged(one.index()));
            }
        }
        Map<Digest, Long> moved = new HashMap<>();
        inserted.forEach(one -> moved.put(one.found(), one.before()));
        Set<Digest> gone = new HashSet<>();
        List<Removed> reallyRemoved = new ArrayList<>();
        for (Removed one : removed) {
            gone.add(one.expected());
            Long before = moved.get(one.expected());
            if (before != null) {
                findings.add(new Finding.EntryMoved(one.index(), before));
            } else {
                reallyRemoved.add(one);
            }
        }
        addRemoved(reallyRemoved, size, findings);
        for (Inserted one : inserted) {
            if (!gone.contains(one.found())) {
                findings.add(new Finding.EntryInserted(one.before()));
            }
        }
        return findings;
    }

    private static void addRemoved(List<Removed> removed, long size, List<Finding> findings) {
        int from = 0;
        while (from < removed.size()) {
            int to = from;
            while (to + 1 < removed.size()
                    && removed.get(to + 1).index() == removed.get(to).index() + 1) {
                to++;
            }
            long first = removed.get(from).index();
            long last = removed.get(to).index();
            if (last == size - 1) {
                findings.add(new Finding.EntriesMissing(first, size));
            } else {
                findings.add(
                        from == to
                                ? new Finding.EntryRemoved(first)
                                : new Finding.EntriesRemoved(first, last));
            }
            from = to + 1;
        }
    }

    /** The differences in the words of a person who trusts what was found. */
    List<Finding> leafFindings() {
        List<Finding> findings = new ArrayList<>();
        replaced.forEach(one -> findings.add(new Finding.LeafChanged(one.index())));
        removed.forEach(one -> findings.add(new Finding.LeafChanged(one.index())));
        inserted.forEach(one -> findings.add(new Finding.LeafChanged(one.before())));
        return findings;
    }
}
