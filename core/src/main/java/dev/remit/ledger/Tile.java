package dev.remit.ledger;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stretch of a log's tree: up to 256 hashes of one level, one after another (C2SP tlog-tiles).
 *
 * @param level 0 for the leaves; each hash of a higher one is the root of a full tile of the level
 *     below. At most 7, which every log fits in whose size is a {@code long}
 * @param index of the tile within its level
 * @param width how many hashes it has, from 1 to 256; fewer than 256 is a partial tile
 */
public record Tile(int level, long index, int width) {
    /** How many hashes a full tile has. */
    public static final int FULL = 256;

    private static final Pattern PATH =
            Pattern.compile("([0-7])/((?:x[0-9]{3}/){0,4}[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

    public Tile {
        if (level < 0 || level > 7 || index < 0 || width < 1 || width > FULL) {
            throw new IllegalArgumentException("no tile: " + level + ", " + index + ", " + width);
        }
    }

    /** Reads {@code LEVEL/INDEX} or {@code LEVEL/INDEX.p/WIDTH}; empty if it is not just that. */
    public static Optional<Tile> of(String path) {
        Matcher read = PATH.matcher(path);
        if (!read.matches()) {
            return Optional.empty();
        }
        long index = Long.parseLong(read.group(2).replace("x", "").replace("/", ""));
        int width = read.group(3) == null ? FULL : Integer.parseInt(read.group(3));
        if (width > FULL) {
            return Optional.empty();
        }
        Tile tile = new Tile(Integer.parseInt(read.group(1)), index, width);
        return tile.path().equals(path) ? Optional.of(tile) : Optional.empty();
    }

    /** How it is asked for, behind {@code /tile/}. */
    public String path() {
        String digits = Long.toString(index);
        String padded = "0".repeat((3 - digits.length() % 3) % 3) + digits;
        StringBuilder path = new StringBuilder().append(level);
        for (int at = 0; at < padded.length(); at += 3) {
            boolean last = at + 3 == padded.length();
            path.append(last ? "/" : "/x").append(padded, at, at + 3);
        }
        return width == FULL ? path.toString() : path.append(".p/").append(width).toString();
    }

    /** The place of its first hash among all of its level. */
    public long first() {
        return index * FULL;
    }

    /** Whether a tree of this size has all its hashes. */
    public boolean isIn(long size) {
        return first() + width <= size >> (8 * level);
    }
}
