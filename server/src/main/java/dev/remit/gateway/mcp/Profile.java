package dev.remit.gateway.mcp;

import dev.remit.call.Value;
import dev.remit.gate.Party;
import dev.remit.gate.UpstreamUnavailable;
import dev.remit.gateway.upstream.Greeting;
import dev.remit.gateway.upstream.Upstreams;
import dev.remit.gateway.wire.Extensions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the gateway says it can do at one path: what the upstreams there can. */
record Profile(Value.Fields capabilities, Optional<String> instructions) {

    /**
     * Puts together what the upstreams say.
     *
     * @throws UpstreamUnavailable if the only one cannot be asked
     */
    static Profile of(Scope scope, Upstreams upstreams, Party party, boolean withSessions) {
        List<Greeting> greetings = new ArrayList<>();
        for (String upstream : scope.upstreams()) {
            try {
                upstreams
                        .catalogue(upstream, party)
                        .ifPresent(catalogue -> greetings.add(catalogue.greeting()));
            } catch (UpstreamUnavailable e) {
                if (scope instanceof Scope.One) {
                    throw e;
                }
            }
        }
        boolean one = scope instanceof Scope.One;
        Value.Building capabilities = Value.object().put("tools", changing());
        if (any(greetings, "prompts")) {
            capabilities.put("prompts", changing());
        }
        if (one && any(greetings, "resources")) {
            capabilities.put("resources", changing().with("subscribe", Value.of(true)));
        }
        if (any(greetings, "completions")) {
            capabilities.put("completions", Value.Fields.EMPTY);
        }
        if (withSessions || any(greetings, "logging")) {
            capabilities.put("logging", Value.Fields.EMPTY);
        }
        Value.Building extensions = Value.object();
        for (Greeting greeting : withSessions ? List.<Greeting>of() : greetings) {
            Extensions.known(greeting.capabilities()).values().forEach(extensions::put);
        }
        Value.Fields offered = extensions.build();
        if (!offered.values().isEmpty()) {
            capabilities.put("extensions", offered);
        }
        return new Profile(
                capabilities.build(),
                one
                        ? greetings.stream().findFirst().flatMap(Greeting::instructions)
                        : Optional.empty());
    }

    private static Value.Fields changing() {
        return Value.object().put("listChanged", true).build();
    }

    private static boolean any(List<Greeting> greetings, String capability) {
        return greetings.stream()
                .anyMatch(one -> one.capabilities().fields(capability).isPresent());
    }
}
