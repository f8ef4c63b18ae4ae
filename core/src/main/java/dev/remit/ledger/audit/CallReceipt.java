package dev.remit.ledger.audit;

import dev.remit.call.Digest;
import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One call as a file that proves it to somebody who has neither the log nor a gateway ({@code
 * docs/reference/ledger.md}): the entries about it, the way from each to the root, and the
 * checkpoint that signs the root. What an entry says beyond its leaf is there only if whoever made
 * the receipt opened it.
 *
 * @param key the log's first key, as signed-note writes it
 * @param checkpoint the signed note, with cosignatures if there are any
 * @param entries in the order of the log
 */
public record CallReceipt(String key, String checkpoint, List<Item> entries) {
    public static final String FORMAT = "remit/receipt/v1";

    /** The most bytes that a receipt may have. */
    public static final int LONGEST = 64 << 20;

    private static final int MOST_ENTRIES = 1_000;
    private static final int MOST_STEPS = 63;

    public CallReceipt {
        entries = List.copyOf(entries);
    }

    /** One entry, and that it is in the log. */
    public static final class Item {
        private final long index;
        private final byte[] leaf;
        private final List<Digest> path;
        private final Optional<byte[]> body;

        /**
         * @param path the hashes beside the way, from the leaf to the root
         * @param body empty if it stays closed
         */
        public Item(long index, byte[] leaf, List<Digest> path, Optional<byte[]> body) {
            this.index = index;
            this.leaf = leaf.clone();
            this.path = List.copyOf(path);
            this.body = body.map(byte[]::clone);
        }

        public long index() {
            return index;
        }

        public byte[] leaf() {
            return leaf.clone();
        }

        public List<Digest> path() {
            return path;
        }

        public Optional<byte[]> body() {
            return body.map(byte[]::clone);
        }

        private Value json() {
            return Value.object()
                    .put("index", index)
                    .put("leaf", base64(leaf))
                    .put(
                            "path",
                            Value.ofTexts(path.stream().map(one -> base64(one.bytes())).toList()))
                    .putIf("body", body.map(one -> Value.of(base64(one))))
                    .build();
        }
    }

    /** The receipt as JSON. */
    public Value.Fields json() {
        return Value.object()
                .put("format", FORMAT)
                .put("key", key)
                .put("checkpoint", checkpoint)
                .put("entries", new Value.Items(entries.stream().map(Item::json).toList()))
                .build();
    }

    /** Reads a receipt; {@link IllegalArgumentException} says why it is none. */
    public static CallReceipt read(byte[] file) {
        if (file.length > LONGEST) {
            throw new IllegalArgumentException("it is longer than " + LONGEST + " bytes");
        }
        try {
            Value.Fields read = JsonReader.readFields(file);
            only(read, Set.of("format", "key", "checkpoint", "entries"));
            if (!text(read, "format").equals(FORMAT)) {
                throw new IllegalArgumentException("its format is not " + FORMAT);
            }
            List<Item> items = new ArrayList<>();
            for (Value one : read.items("entries")) {
                if (!(one instanceof Value.Fields entry)) {
                    throw new IllegalArgumentException("an entry of it is no object");
                }
                items.add(item(entry));
            }
            if (items.size() > MOST_ENTRIES) {
                throw new IllegalArgumentException("it has more than " + MOST_ENTRIES + " entries");
            }
            return new CallReceipt(text(read, "key"), text(read, "checkpoint"), items);
        } catch (MalformedJson e) {
            throw new IllegalArgumentException("it is no JSON object: " + e.getMessage(), e);
        }
    }

    private static Item item(Value.Fields entry) {
        only(entry, Set.of("index", "leaf", "path", "body"));
        OptionalLong index = entry.whole("index");
        List<Value> path = entry.items("path");
        boolean hasPath = entry.get("path").filter(one -> one instanceof Value.Items).isPresent();
        if (index.isEmpty() || index.getAsLong() < 0 || !hasPath || path.size() > MOST_STEPS) {
            throw new IllegalArgumentException("an entry of it lacks its `index` or `path`");
        }
        List<Digest> hashes = new ArrayList<>();
        for (Value one : path) {
            if (!(one instanceof Value.Text(String step))) {
                throw new IllegalArgumentException("a `path` holds more than texts");
            }
            hashes.add(Digest.ofBytes(bytes(step)));
        }
        Optional<byte[]> body =
                entry.get("body").isPresent()
                        ? Optional.of(bytes(text(entry, "body")))
                        : Optional.empty();
        return new Item(index.getAsLong(), bytes(text(entry, "leaf")), hashes, body);
    }

    private static void only(Value.Fields fields, Set<String> known) {
        for (String name : fields.values().keySet()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("`" + name + "` does not belong in it");
            }
        }
    }

    private static String text(Value.Fields fields, String name) {
        return fields.text(name)
                .orElseThrow(() -> new IllegalArgumentException("`" + name + "` is missing"));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] bytes(String text) {
        byte[] bytes = Base64.getDecoder().decode(text);
        if (!base64(bytes).equals(text)) {
            throw new IllegalArgumentException("base64 is not written as base64 is");
        }
        return bytes;
    }
}
