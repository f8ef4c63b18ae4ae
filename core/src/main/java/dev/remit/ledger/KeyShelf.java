package dev.remit.ledger;

import dev.remit.identity.KeyPage;
import dev.remit.identity.KeyUse;

/** Where the pages about the gateway's own keys lie; part of {@link Books.Shelf}. */
public interface KeyShelf {
    /** The page of a use; an empty one if nothing was put there yet. */
    KeyPage keys(KeyUse use);

    void put(KeyPage page);
}
