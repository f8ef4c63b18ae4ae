package dev.remit.cedar;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All entities that a decision may look at, and for each all that it hangs below, near or far. */
public final class Entities {
    /** More is no hierarchy that a person has drawn up. */
    private static final int MOST_ABOVE = 1_000;

    private static final Entities NONE = new Entities(Map.of(), Set.of(), Optional.empty());

    private final Map<Uid, Known> known;
    private final Set<Uid> named;
    private final Optional<Entities> below;

    private record Known(Entity entity, Set<Uid> above) {}

    private Entities(Map<Uid, Known> known, Set<Uid> named, Optional<Entities> below) {
        this.known = known;
        this.named = named;
        this.below = below;
    }

    /** Of which nothing is known. */
    public static Entities none() {
        return NONE;
    }

    /**
     * These entities.
     *
     * @throws IllegalArgumentException if one comes twice, or hangs below itself
     */
    public static Entities of(Collection<Entity> all) {
        return NONE.and(all);
    }

    /**
     * These and more, which may hang below these but not above; for what one request brings.
     *
     * @throws IllegalArgumentException if one comes twice, hangs below itself or above these
     */
    public Entities and(Collection<Entity> more) {
        Map<Uid, Entity> fresh = new HashMap<>();
        for (Entity one : more) {
            if (find(one.uid()).isPresent() || fresh.put(one.uid(), one) != null) {
                throw new IllegalArgumentException(one.uid() + " comes twice; say it once");
            }
            if (isNamed(one.uid())) {
                throw new IllegalArgumentException(
                        one.uid() + " has others below it already; say it where they are said");
            }
        }
        Map<Uid, Known> closed = new HashMap<>();
        for (Entity one : fresh.values()) {
            close(one, fresh, closed);
        }
        Set<Uid> above = new HashSet<>();
        closed.values().forEach(one -> above.addAll(one.above()));
        return new Entities(closed, above, this == NONE ? Optional.empty() : Optional.of(this));
    }

    private boolean isNamed(Uid uid) {
        return named.contains(uid) || below.map(one -> one.isNamed(uid)).orElse(false);
    }

    /** Closes what is above first, without a stack that a long line of entities could exhaust. */
    private void close(Entity start, Map<Uid, Entity> fresh, Map<Uid, Known> closed) {
        Deque<Entity> open = new ArrayDeque<>(List.of(start));
        Set<Uid> underWay = new HashSet<>();
        while (!open.isEmpty()) {
            Entity one = open.getLast();
            if (closed.containsKey(one.uid())) {
                open.removeLast();
                continue;
            }
            List<Entity> first = waiting(one, fresh, closed);
            if (first.isEmpty()) {
                closed.put(one.uid(), new Known(one, above(one, closed)));
                open.removeLast();
            } else if (underWay.add(one.uid())) {
                open.addAll(first);
            } else {
                throw new IllegalArgumentException(one.uid() + " hangs below itself");
            }
        }
    }

    private static List<Entity> waiting(
            Entity one, Map<Uid, Entity> fresh, Map<Uid, Known> closed) {
        List<Entity> waiting = new ArrayList<>();
        for (Uid parent : one.parents()) {
            Entity entity = fresh.get(parent);
            if (entity != null && !closed.containsKey(parent)) {
                waiting.add(entity);
            }
        }
        return waiting;
    }

    private Set<Uid> above(Entity one, Map<Uid, Known> closed) {
        Set<Uid> above = new HashSet<>(one.parents());
        for (Uid parent : one.parents()) {
            Known known = closed.get(parent);
            above.addAll(known == null ? above(parent) : known.above());
        }
        if (above.contains(one.uid())) {
            throw new IllegalArgumentException(one.uid() + " hangs below itself");
        }
        if (above.size() > MOST_ABOVE) {
            throw new IllegalArgumentException(
                    one.uid() + " hangs below more than " + MOST_ABOVE + " others");
        }
        return Set.copyOf(above);
    }

    /** What is known of it, if anything. */
    public Optional<Entity> find(Uid uid) {
        Known found = known.get(uid);
        if (found != null) {
            return Optional.of(found.entity());
        }
        return below.isPresent() ? below.get().find(uid) : Optional.empty();
    }

    /** All that it hangs below, near or far. */
    public Set<Uid> above(Uid uid) {
        Known found = known.get(uid);
        if (found != null) {
            return found.above();
        }
        return below.isPresent() ? below.get().above(uid) : Set.of();
    }
}
