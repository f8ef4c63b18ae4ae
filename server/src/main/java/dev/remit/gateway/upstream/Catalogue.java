package dev.remit.gateway.upstream;

import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.gateway.wire.Extensions;
import dev.remit.gateway.wire.ToolHeaders;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an upstream offers, as it was last listed in this process, by name. What the protocol or
 * Remit's own names do not allow is not in it.
 *
 * @param greeting what the upstream said of itself
 * @param tools the definitions as the upstream wrote them, and what was read out of them
 * @param until when it must be listed again
 */
public record Catalogue(Greeting greeting, Map<String, Offer> tools, Instant until) {
    private static final Logger LOG = LoggerFactory.getLogger(Catalogue.class);

    /** One tool on offer. */
    public record Offer(Value.Fields definition, ToolHeaders headers) {}

    /** The methods that reach an upstream's data, by the capability that goes with them. */
    private static final Map<String, List<String>> METHODS =
            Map.of(
                    "resources",
                    List.of("resources/read", "resources/subscribe"),
                    "prompts",
                    List.of("prompts/get"),
                    "completions",
                    List.of("completion/complete"));

    private static final List<String> TASKS = List.of("tasks/get", "tasks/update", "tasks/cancel");

    /**
     * Reads a list of tools.
     *
     * @param complained names that were complained about before; the log hears of each once
     */
    static Catalogue of(
            String upstream,
            Greeting greeting,
            List<Value> listed,
            Instant until,
            Set<String> complained) {
        Map<String, Offer> tools = new TreeMap<>();
        for (Value one : listed) {
            if (!(one instanceof Value.Fields definition)) {
                continue;
            }
            String name = definition.text("name").orElse("");
            Optional<ToolHeaders> headers =
                    ToolHeaders.of(definition.fields("inputSchema").orElse(Value.Fields.EMPTY));
            boolean fits = Tool.isName(name) && headers.isPresent() && !tools.containsKey(name);
            if (fits) {
                tools.put(name, new Offer(definition, headers.get()));
            } else if (complained.add(name)) {
                String shown = name.replaceAll("[^ -~]", "?");
                LOG.warn(
                        "{}: the tool `{}` is not offered; its name or an x-mcp-header is not"
                                + " allowed, or it is listed twice",
                        upstream,
                        shown.length() > 100 ? shown.substring(0, 100) : shown);
            }
        }
        METHODS.forEach(
                (capability, methods) -> {
                    if (greeting.capabilities().fields(capability).isPresent()) {
                        methods.forEach(method -> tools.put(Tool.METHOD + method, fixed(method)));
                    }
                });
        if (Extensions.has(greeting.capabilities(), Extensions.TASKS)) {
            TASKS.forEach(method -> tools.put(Tool.METHOD + method, fixed(method)));
        }
        return new Catalogue(greeting, Collections.unmodifiableMap(tools), until);
    }

    private static Offer fixed(String method) {
        Value.Fields definition =
                Value.object()
                        .put("name", Tool.METHOD + method)
                        .put("description", "The method " + method + " of the protocol.")
                        .build();
        return new Offer(definition, ToolHeaders.NONE);
    }

    /** The real tools, in the order of their names. */
    public List<Value.Fields> definitions() {
        return tools.entrySet().stream()
                .filter(tool -> !tool.getKey().startsWith(Tool.METHOD))
                .map(tool -> tool.getValue().definition())
                .toList();
    }

    /** Which arguments of this tool are repeated in headers. */
    public ToolHeaders headers(String tool) {
        Offer offer = tools.get(tool);
        return offer == null ? ToolHeaders.NONE : offer.headers();
    }

    Catalogue expired() {
        return new Catalogue(greeting, tools, Instant.MIN);
    }

    boolean isFresh(Instant now) {
        return now.isBefore(until);
    }
}
