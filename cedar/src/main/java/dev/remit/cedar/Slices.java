package dev.remit.cedar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the policies whose heads could fit a request without looking at the others: first by
 * action, then by the resource or principal without which they cannot fit. It may find too many,
 * never too few.
 */
final class Slices {
    private final Map<Uid, Shelf> byAction = new HashMap<>();
    private final Shelf anyAction = new Shelf();

    Slices(List<Policy> policies) {
        for (int place = 0; place < policies.size(); place++) {
            Policy.Head head = policies.get(place).head();
            switch (head.action()) {
                case Scope.Any(), Scope.Is _, Scope.Slot _ -> anyAction.add(head, place);
                case Scope.Equal(Uid uid) -> shelf(uid).add(head, place);
                case Scope.In(var _, var above) -> {
                    for (Uid uid : above) {
                        shelf(uid).add(head, place);
                    }
                }
            }
        }
    }

    private Shelf shelf(Uid action) {
        return byAction.computeIfAbsent(action, _ -> new Shelf());
    }

    /** Their places in order, none twice. */
    int[] find(Request request, Set<Uid> groups, Set<Uid> kinds, Set<Uid> places) {
        Found found = new Found();
        anyAction.find(request, groups, places, found);
        find(request.action(), request, groups, places, found);
        for (Uid kind : kinds) {
            find(kind, request, groups, places, found);
        }
        return found.sorted();
    }

    private void find(Uid action, Request request, Set<Uid> groups, Set<Uid> places, Found found) {
        Shelf shelf = byAction.get(action);
        if (shelf != null) {
            shelf.find(request, groups, places, found);
        }
    }

    /** The policies for an action, each under what narrows it most. */
    private static final class Shelf {
        private final Map<Uid, List<Integer>> byResource = new HashMap<>();
        private final Map<Uid, List<Integer>> byPrincipal = new HashMap<>();
        private final Map<String, List<Integer>> byResourceType = new HashMap<>();
        private final Map<String, List<Integer>> byPrincipalType = new HashMap<>();
        private final List<Integer> others = new ArrayList<>();

        void add(Policy.Head head, int place) {
            Scope principal = head.principal();
            Scope resource = head.resource();
            if (resource instanceof Scope.Equal) {
                add(byResource, resource.anchors(), place);
            } else if (principal instanceof Scope.Equal || resource.anchors().isEmpty()) {
                addByPrincipal(principal, resource, place);
            } else {
                add(byResource, resource.anchors(), place);
            }
        }

        private void addByPrincipal(Scope principal, Scope resource, int place) {
            if (!principal.anchors().isEmpty()) {
                add(byPrincipal, principal.anchors(), place);
            } else if (resource instanceof Scope.Is(String type)) {
                add(byResourceType, List.of(type), place);
            } else if (principal instanceof Scope.Is(String type)) {
                add(byPrincipalType, List.of(type), place);
            } else {
                others.add(place);
            }
        }

        private static <K> void add(Map<K, List<Integer>> to, List<K> keys, int place) {
            for (K key : keys) {
                to.computeIfAbsent(key, _ -> new ArrayList<>()).add(place);
            }
        }

        void find(Request request, Set<Uid> groups, Set<Uid> places, Found found) {
            found.add(others);
            Uid resource = request.resource();
            Uid principal = request.principal();
            found.add(byResource, resource, places);
            found.add(byPrincipal, principal, groups);
            found.add(byResourceType.getOrDefault(resource.type(), List.of()));
            found.add(byPrincipalType.getOrDefault(principal.type(), List.of()));
        }
    }

    private static final class Found {
        private int[] places = new int[16];
        private int count;

        void add(Map<Uid, List<Integer>> from, Uid uid, Set<Uid> above) {
            if (from.isEmpty()) {
                return;
            }
            add(from.getOrDefault(uid, List.of()));
            for (Uid one : above) {
                add(from.getOrDefault(one, List.of()));
            }
        }

        void add(List<Integer> more) {
            for (int place : more) {
                if (count == places.length) {
                    places = Arrays.copyOf(places, 2 * count);
                }
                places[count++] = place;
            }
        }

        int[] sorted() {
            Arrays.sort(places, 0, count);
            int kept = 0;
            for (int at = 0; at < count; at++) {
                if (kept == 0 || places[kept - 1] != places[at]) {
                    places[kept++] = places[at];
                }
            }
            return Arrays.copyOf(places, kept);
        }
    }
}
