package dev.remit.rules;

import dev.remit.call.Pin;
import dev.remit.cedar.Uid;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What rules can be about, as far as one knows.
 *
 * @param upstreams all that the configuration has
 * @param tools seen of each upstream that was asked for its tools; of the others nothing is known
 * @param agent whether there is an agent of this id
 */
public record Known(Set<String> upstreams, Map<String, List<Pin>> tools, Predicate<String> agent) {
    public Known {
        upstreams = Set.copyOf(upstreams);
        tools = Map.copyOf(tools);
    }

    /** Nothing but the configuration. */
    public static Known of(Set<String> upstreams) {
        return new Known(upstreams, Map.of(), _ -> true);
    }

    /** What a running gateway has seen. */
    public static Known of(
            List<String> upstreams, Function<String, List<Pin>> pins, Predicate<String> agent) {
        Map<String, List<Pin>> tools = new TreeMap<>();
        for (String one : upstreams) {
            List<Pin> seen = pins.apply(one);
            if (!seen.isEmpty()) {
                tools.put(one, seen);
            }
        }
        return new Known(Set.copyOf(upstreams), tools, agent);
    }

    /** All tools, in the order of their names. */
    List<Pin> pins() {
        return new TreeMap<>(tools).values().stream().flatMap(List::stream).toList();
    }

    /** Whether every upstream has shown its tools. */
    boolean isWhole() {
        return !upstreams.isEmpty() && tools.keySet().containsAll(upstreams);
    }

    /** The names of the tools that this upstream has shown. */
    Set<String> names(String upstream) {
        return tools.getOrDefault(upstream, List.of()).stream()
                .map(one -> one.tool().toString())
                .collect(Collectors.toSet());
    }

    Set<String> labels() {
        return pins().stream().flatMap(one -> one.labels().stream()).collect(Collectors.toSet());
    }

    /** The tools that a rule's head lets it be about. */
    List<Pin> of(Rule rule) {
        return pins().stream()
                .filter(
                        one ->
                                rule.policy()
                                        .fits(
                                                new Uid(Facts.ACTION, one.tool().toString()),
                                                Facts.groups(one.tool(), Optional.of(one))))
                .toList();
    }
}
