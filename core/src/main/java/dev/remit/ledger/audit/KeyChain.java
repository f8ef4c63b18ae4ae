package dev.remit.ledger.audit;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.identity.Jwk;
import dev.remit.identity.KeyUse;
import dev.remit.ledger.Checkpoint;
import dev.remit.ledger.Endorsement;
import dev.remit.ledger.EntryFormat;
import dev.remit.ledger.KeyText;
import dev.remit.ledger.SegmentFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The keys that a log has had: the first, and each that the one before it endorsed in an entry of
 * the log. An endorsement holds by itself, wherever it stands, so they are known before anything
 * else of the log is.
 */
final class KeyChain {
    private static final byte[] START = "remit/entry/v1\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] KIND = KeyText.INTRODUCED.getBytes(StandardCharsets.US_ASCII);
    private static final int BEFORE_KIND = START.length + Long.BYTES + Integer.BYTES;

    private final String origin;
    private final List<Jwk> keys = new ArrayList<>();

    /**
     * @param first the log's first key, as signed-note writes it
     */
    KeyChain(String first) {
        this.origin = first.substring(0, Math.max(0, first.indexOf('+')));
        Checkpoint.key(first).ifPresent(keys::add);
    }

    /**
     * Those of a whole log.
     *
     * @param first the log's first key, as signed-note writes it
     */
    KeyChain(String first, LedgerCopy copy) {
        this(first);
        if (!keys.isEmpty()) {
            copy.names().stream().filter(SegmentFormat::isName).forEach(name -> read(copy, name));
        }
    }

    /** How many there are. */
    int count() {
        return keys.size();
    }

    /** The number of the key that is written so; empty if it is none of this log's. */
    Optional<Integer> number(String verifierKey) {
        for (int number = 1; number <= keys.size(); number++) {
            if (written(number).equals(verifierKey)) {
                return Optional.of(number);
            }
        }
        return Optional.empty();
    }

    /** The key of this number as signed-note writes it. */
    String written(int number) {
        return Checkpoint.verifierKey(origin, keys.get(number - 1).key());
    }

    /** What a note says, if any of these keys signed it. */
    Optional<Checkpoint> checkpoint(String note) {
        for (int number = 1; number <= keys.size(); number++) {
            Optional<Checkpoint> read = Checkpoint.verified(note, written(number));
            if (read.isPresent()) {
                return read;
            }
        }
        return Optional.empty();
    }

    /** The number of the log's key that the entry introduces; empty if it is about another. */
    static Optional<Long> introduced(EntryFormat.Leaf leaf) {
        return leaf.kind().equals(KeyText.INTRODUCED)
                        && KeyUse.LOG.text().equals(leaf.fields().get("use"))
                ? Optional.of(number(leaf))
                : Optional.empty();
    }

    private static long number(EntryFormat.Leaf leaf) {
        String number = leaf.fields().getOrDefault("number", "");
        return number.matches("[1-9][0-9]{0,8}") ? Long.parseLong(number) : 0;
    }

    /** Whether the entry introduces one of these keys, at its number. */
    boolean isKnown(EntryFormat.Leaf leaf) {
        long number = introduced(leaf).orElse(0L);
        return number >= 1
                && number <= keys.size()
                && keys.get((int) number - 1)
                        .members()
                        .json()
                        .equals(leaf.fields().getOrDefault("key", ""));
    }

    /** Looks for leaves where they start, so that nothing before them needs to be readable. */
    private void read(LedgerCopy copy, String name) {
        ByteBuffer bytes = copy.bytes(name, 0, Math.toIntExact(copy.length(name)));
        int last = bytes.limit() - BEFORE_KIND - KIND.length;
        for (int at = SegmentFormat.HEADER + SegmentFormat.FRAME; at <= last; at++) {
            if (bytes.get(at) == START[0]
                    && bytes.get(at + BEFORE_KIND) == KIND[0]
                    && isAt(bytes, at, START)
                    && isAt(bytes, at + BEFORE_KIND, KIND)) {
                leaf(bytes, at).ifPresent(this::follow);
            }
        }
    }

    private static boolean isAt(ByteBuffer bytes, int at, byte[] text) {
        byte[] found = new byte[text.length];
        bytes.get(at, found);
        return Arrays.equals(found, text);
    }

    private static Optional<EntryFormat.Leaf> leaf(ByteBuffer bytes, int at) {
        int length = bytes.getInt(at - SegmentFormat.FRAME);
        if (length < 0 || length > bytes.limit() - at) {
            return Optional.empty();
        }
        byte[] leaf = new byte[length];
        bytes.get(at, leaf);
        try {
            return Optional.of(EntryFormat.readLeaf(leaf));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Takes in the key that an entry introduces, if the newest one endorsed it. */
    void follow(EntryFormat.Leaf leaf) {
        long number = introduced(leaf).orElse(0L);
        Optional<Jwk> next = key(leaf);
        boolean endorsed =
                number == keys.size() + 1L
                        && next.isPresent()
                        && Endorsement.holds(
                                keys.getLast(),
                                number,
                                next.get(),
                                leaf.fields().getOrDefault("endorsement", ""));
        if (endorsed) {
            keys.add(next.get());
        }
    }

    private static Optional<Jwk> key(EntryFormat.Leaf leaf) {
        try {
            String written = leaf.fields().getOrDefault("key", "");
            return Jwk.of(JsonReader.readFields(written.getBytes(StandardCharsets.UTF_8)));
        } catch (MalformedJson e) {
            return Optional.empty();
        }
    }
}
