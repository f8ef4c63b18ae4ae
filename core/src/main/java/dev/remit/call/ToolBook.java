package dev.remit.call;

import java.util.List;
import java.util.Optional;

/**
 * What the ledger says of tools and their accepted definitions; it changes only by appending to the
 * ledger.
 */
public interface ToolBook {
    Optional<Pin> pin(Tool tool);

    /** An upstream's tools by name. */
    List<Pin> pins(String upstream);
}
