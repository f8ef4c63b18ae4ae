package dev.remit.gateway.mcp;

import dev.remit.call.Tool;
import java.util.List;
import java.util.Optional;

/** What one path of the edge stands for, and how things are named there. */
sealed interface Scope {
    String BETWEEN = "__";

    /** How {@link Tool#ASK_FOR_A_MANDATE} is called everywhere. */
    String ASKING = Tool.OWN + BETWEEN + Tool.ASK_FOR_A_MANDATE.name();

    List<String> upstreams();

    /** The tool that an agent calls so here; empty if nothing can be called that. */
    Optional<Tool> tool(String shown);

    /** The upstream and the upstream's own name of a prompt, as a tool would be named. */
    default Optional<Tool> method(String upstream, String method) {
        return Tool.isUpstream(upstream)
                ? Optional.of(new Tool(upstream, Tool.METHOD + method))
                : Optional.empty();
    }

    /** How this upstream's tool or prompt is called here. */
    String shown(String upstream, String name);

    /** The upstream that a shown name belongs to, and its own name there. */
    Optional<Named> named(String shown);

    /** An upstream and a name of its own. */
    record Named(String upstream, String name) {}

    /** {@code /mcp/{upstream}}. */
    record One(String upstream) implements Scope {
        @Override
        public List<String> upstreams() {
            return List.of(upstream);
        }

        @Override
        public Optional<Tool> tool(String shown) {
            if (shown.equals(ASKING)) {
                return Optional.of(Tool.ASK_FOR_A_MANDATE);
            }
            return Tool.isName(shown) ? Optional.of(new Tool(upstream, shown)) : Optional.empty();
        }

        @Override
        public String shown(String of, String name) {
            return name;
        }

        @Override
        public Optional<Named> named(String shown) {
            return Optional.of(new Named(upstream, shown));
        }
    }

    /** {@code /mcp}: every upstream; names are {@code upstream__name}. */
    record All(List<String> upstreams) implements Scope {
        @Override
        public Optional<Tool> tool(String shown) {
            return named(shown)
                    .filter(one -> Tool.isName(one.name()))
                    .map(one -> new Tool(one.upstream(), one.name()));
        }

        @Override
        public String shown(String of, String name) {
            return of + BETWEEN + name;
        }

        @Override
        public Optional<Named> named(String shown) {
            int at = shown.indexOf(BETWEEN);
            if (at < 1 || !Tool.isUpstream(shown.substring(0, at))) {
                return Optional.empty();
            }
            return Optional.of(
                    new Named(shown.substring(0, at), shown.substring(at + BETWEEN.length())));
        }
    }

    /** What a path stands for; empty if there is no such upstream. */
    static Optional<Scope> of(String path, List<String> upstreams) {
        if (path.equals("/mcp") || path.equals("/mcp/")) {
            return Optional.of(new All(upstreams));
        }
        String name = path.startsWith("/mcp/") ? path.substring("/mcp/".length()) : "";
        return upstreams.contains(name) ? Optional.of(new One(name)) : Optional.empty();
    }
}
