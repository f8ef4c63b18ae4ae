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
 * @param alarm what is suspicious about it
 * @param parted the text parted into order and surroundings, if it gives orders
 */
record Leaf(
        Output output,
        Node node,
        String key,
        String normal,
        boolean prose,
        Alarm alarm,
        Orders.Parted parted) {

    /** An object of the answer, in which values stand beside each other. */
    static final class Node {
        private final Optional<Node> parent;
        private final List<Node> parts = new ArrayList<>();
        private final Map<String, Set<String>> said = new HashMap<>();

        Node(Optional<Node> parent) {
            this.parent = parent;
            parent.ifPresent(one -> one.parts.add(this));
        }

        Optional<Node> parent() {
            return parent;
        }

        /** Notes that one of its values holds some of the person's words. */
        void add(String value, Set<String> words) {
            said.put(value, words);
        }

        /** The person's words that its values hold, but for one. */
        Set<String> said(String but) {
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
            return parent.isPresent()
                    && parent.get().parts.stream()
                            .filter(one -> one != this)
                            .map(one -> one.said(""))
                            .anyMatch(
                                    theirs ->
                                            theirs.size() > words.size()
                                                    && theirs.containsAll(words));
        }
    }
}
