package dev.remit.gateway.upstream;

import dev.remit.call.Pin;
import dev.remit.call.Tool;
import dev.remit.call.ToolBook;
import dev.remit.gate.UpstreamUnavailable;
import java.util.List;
import java.util.Optional;

/**
 * A tool book that knows what is on offer now: before it answers, the upstream has been listed in
 * this process, and what it no longer offers has no pin.
 */
final class ListedTools implements ToolBook {
    private final ToolBook book;
    private final Upstreams upstreams;

    ListedTools(ToolBook book, Upstreams upstreams) {
        this.book = book;
        this.upstreams = upstreams;
    }

    /**
     * @throws UpstreamUnavailable if the upstream cannot be asked what it offers
     */
    @Override
    public Optional<Pin> pin(Tool tool) {
        return upstreams
                .catalogue(tool.upstream())
                .filter(catalogue -> catalogue.tools().containsKey(tool.name()))
                .flatMap(_ -> book.pin(tool));
    }

    @Override
    public List<Pin> pins(String upstream) {
        return book.pins(upstream);
    }
}
