package dev.remit.decision.intent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One value that a tool answered with.
 *
 * @param key the name of the field it is in, or of the nearest list that it is an item of
 * @param normal the value in {@linkplain Words#normal one form}
 * @param prose whether it is text that somebody wrote, rather than a field's value
 * @param secret whether it is called like something confidential
 * @param read what it tries with its reader
 */
record Leaf(
        Output output,
        Node node,
        String key,
        String normal,
        boolean prose,
        boolean secret,
        Orders.Reading read) {
    private static final int OWN = 256; // bytes beside its text's, about
    private static final int PARTED = 3; // its text, parted, and the runs of its words

    /** What keeping it costs, in characters. */
    int weight() {
        return OWN + normal.length() * (alarm() == Alarm.ORDER ? PARTED : 1);
    }

    /** The same, without what stood beside it. */
    Leaf alone() {
        return new Leaf(
                output,
                new Node(Optional.empty()),
                key,
                normal,
                prose,
                secret,
                Orders.Reading.CALM);
    }

    Alarm alarm() {
        return read.alarm();
    }

    /** An object of the answer, in which values stand beside each other. */
    static final class Node {
        private static final int MOST_KINDS = 1_000;

        private final Optional<Node> parent;
        private List<Node> parts = List.of(); // most objects need none of these
        private Map<String, Set<String>> said = Map.of();
        private Set<String> all = Set.of();
        private Map<Set<String>, Integer> kinds = Map.of(); // of its parts, counted

        Node(Optional<Node> parent) {
            this.parent = parent;
            parent.ifPresent(one -> one.part(this));
        }

        private void part(Node part) {
            if (parts.isEmpty()) {
                parts = new ArrayList<>(1);
            }
            parts.add(part);
        }

        Optional<Node> parent() {
            return parent;
        }

        /** Notes that one of its values holds some of the person's words. */
        void add(String value, Set<String> words) {
            if (said.isEmpty()) {
                said = new HashMap<>();
                all = new HashSet<>();
            }
            said.put(value, words);
            all.addAll(words);
            parent.ifPresent(one -> one.kinds = Map.of());
        }

        /** The person's words that its values hold, but for one. */
        Set<String> said(String but) {
            if (!said.containsKey(but)) {
                return all;
            }
            Set<String> words = new HashSet<>();
            said.forEach(
                    (value, some) -> {
                        if (!value.equals(but)) {
                            words.addAll(some);
                        }
                    });
            return words;
        }

        /** Whether another object beside it says all of these words of the person, and more. */
        boolean isOutdone(Set<String> words) {
            return parent.isPresent() && parent.get().hasMore(words, all);
        }

        private boolean hasMore(Set<String> words, Set<String> of) {
            if (kinds.isEmpty()) {
                kinds = new HashMap<>();
                parts.forEach(part -> kinds.merge(Set.copyOf(part.all), 1, Integer::sum));
            }
            if (kinds.size() > MOST_KINDS) {
                return true; // nobody's words are told apart so often
            }
            for (Map.Entry<Set<String>, Integer> kind : kinds.entrySet()) {
                Set<String> theirs = kind.getKey();
                boolean others = kind.getValue() > 1 || !theirs.equals(of);
                if (others && theirs.size() > words.size() && theirs.containsAll(words)) {
                    return true;
                }
            }
            return false;
        }
    }
}
