package dev.remit.cedar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A set of policies, read once and indexed (Cedar: policy set). It does not change, and may be
 * asked by any number of threads.
 */
public final class Policies {
    private static final Policies NONE = new Policies(List.of());

    private final List<Policy> policies;
    private final Slices slices;

    private Policies(List<Policy> policies) {
        this.policies = policies;
        this.slices = new Slices(policies);
    }

    /** What reading a text comes to. */
    public sealed interface Reading {
        /** The text's policies. */
        record Read(Policies policies) implements Reading {}

        /** The text is not made of policies, and the first reason why. */
        record Unread(Problem problem) implements Reading {}
    }

    /** None, by which nothing is allowed. */
    public static Policies none() {
        return NONE;
    }

    /**
     * Reads policies and templates. A policy's id is what its annotation {@code @id} says, else
     * {@code policy} and its place in the text, counted from 0.
     */
    public static Reading read(String text) {
        try {
            return new Reading.Read(NONE.and(PolicyParser.read(text)));
        } catch (Unreadable unreadable) {
            return new Reading.Unread(Problem.at(text, unreadable.offset(), unreadable.sentence()));
        }
    }

    /**
     * These and more, such as a template's linked policies or those of another file.
     *
     * @throws IllegalArgumentException if two have the same id
     */
    public Policies and(List<Policy> more) {
        List<Policy> all = new ArrayList<>(policies);
        all.addAll(more);
        Map<String, Policy> ids = new HashMap<>();
        for (Policy one : all) {
            if (ids.put(one.id(), one) != null) {
                throw new IllegalArgumentException("two policies have the id `" + one.id() + "`");
            }
        }
        return new Policies(List.copyOf(all));
    }

    /** All of them, templates too, in the order of their text. */
    public List<Policy> all() {
        return policies;
    }

    /** The policy or template of that id. */
    public Optional<Policy> find(String id) {
        return policies.stream().filter(one -> one.id().equals(id)).findAny();
    }

    /** What they say of a request; it never throws. */
    public Answer decide(Request request, Entities entities) {
        Set<Uid> groups = entities.above(request.principal());
        Set<Uid> kinds = entities.above(request.action());
        Set<Uid> places = entities.above(request.resource());
        Evaluator evaluator = new Evaluator(request, entities);
        List<String> permits = new ArrayList<>();
        List<String> forbids = new ArrayList<>();
        List<Answer.Failure> errors = new ArrayList<>();
        for (int place : slices.find(request, groups, kinds, places)) {
            Policy policy = policies.get(place);
            if (!policy.head().fits(request, groups, kinds, places)) {
                continue;
            }
            try {
                if (policy.holds(evaluator)) {
                    (policy.effect() == Policy.Effect.PERMIT ? permits : forbids).add(policy.id());
                }
            } catch (Fault fault) {
                errors.add(new Answer.Failure(policy.id(), fault.sentence()));
            }
        }
        boolean forbidden = !forbids.isEmpty();
        return new Answer(!forbidden && !permits.isEmpty(), forbidden ? forbids : permits, errors);
    }
}
