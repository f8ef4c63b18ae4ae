package dev.remit.gateway.upstream;

import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.gateway.wire.Extensions;
import dev.remit.gateway.wire.ToolHeaders;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
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

    private static final int MOST = 10_000; // tools
    private static final int SHOWN = 100; // characters of a name
    private static final int COMPLAINTS = 100;

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
        Set<String> looks = new HashSet<>();
        for (Value one : listed) {
            if (!(one instanceof Value.Fields definition)) {
                continue;
            }
            String name = definition.text("name").orElse("");
            Optional<ToolHeaders> headers =
                    ToolHeaders.of(definition.fields("inputSchema").orElse(Value.Fields.EMPTY));
            boolean fits =
                    Tool.isName(name)
                            && headers.isPresent()
                            && tools.size() < MOST
                            && looks.add(look(name));
            String shown =
                    name.substring(0, Math.min(name.length(), SHOWN)).replaceAll("[^ -~]", "?");
            if (fits) {
                tools.put(name, new Offer(definition, headers.get()));
            } else if (complained.size() < COMPLAINTS && complained.add(shown)) {
                LOG.warn(
                        "{}: the tool `{}` is not offered; its name or an x-mcp-header is not"
                                + " allowed, or another looks like it, or there are too many",
                        upstream,
                        shown);
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

    /** What tells a name from others at a glance: neither case, nor 0 from O, nor 1 from l or I. */
    private static String look(String name) {
        return name.toLowerCase(Locale.ROOT).replace('0', 'o').replace('1', 'l').replace('i', 'l');
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
