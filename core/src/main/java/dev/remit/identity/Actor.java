package dev.remit.identity;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** An agent that acts, and which of its instances (the claim {@code act} of RFC 8693). */
public record Actor(AgentId agent, InstanceId instance) {

    public static Actor of(Instance instance) {
        return new Actor(instance.agent(), instance.id());
    }

    /** Several as one text, nearest first; empty if there is none. */
    public static Optional<String> write(List<Actor> actors) {
        return actors.isEmpty()
                ? Optional.empty()
                : Optional.of(actors.stream().map(Actor::text).collect(Collectors.joining(" ")));
    }

    /** Reads what {@link #write} wrote. */
    public static List<Actor> read(Optional<String> written) {
        return written.stream()
                .flatMap(text -> Arrays.stream(text.split(" ", -1)))
                .map(Actor::one)
                .toList();
    }

    private static Actor one(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("`" + text + "` is not of the form AGENT/INSTANCE");
        }
        return new Actor(
                new AgentId(text.substring(0, slash)), new InstanceId(text.substring(slash + 1)));
    }

    public String text() {
        return agent.text() + "/" + instance.text();
    }
}
