package dev.remit.gate;

import dev.remit.call.Tool;
import dev.remit.identity.SignInDemand;
import java.util.Map;
import java.util.Optional;

/**
 * Which sign-in of a mandate's giver the operator wants behind a call (RFC 9470), by the name of
 * the upstream.
 */
public record Demands(Map<String, OfUpstream> upstreams) {
    /** Nothing is asked for anywhere. */
    public static final Demands NONE = new Demands(Map.of());

    public Demands {
        upstreams = Map.copyOf(upstreams);
    }

    /**
     * What is asked for at one upstream.
     *
     * @param all for everything there
     * @param tools for a tool of this name, in place of that
     */
    public record OfUpstream(SignInDemand all, Map<String, SignInDemand> tools) {
        public static final OfUpstream NOTHING = new OfUpstream(SignInDemand.NONE, Map.of());

        public OfUpstream {
            tools = Map.copyOf(tools);
        }
    }

    SignInDemand of(Tool tool) {
        return Optional.ofNullable(upstreams.get(tool.upstream()))
                .map(one -> one.tools().getOrDefault(tool.name(), one.all()))
                .orElse(SignInDemand.NONE);
    }
}
