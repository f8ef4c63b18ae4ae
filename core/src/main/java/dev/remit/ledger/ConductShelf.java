package dev.remit.ledger;

import dev.remit.conduct.Conduct;
import dev.remit.conduct.Subject;

/** Where the pages of conduct lie; part of {@link Books.Shelf}. */
public interface ConductShelf {
    Conduct conduct(Subject subject);

    void put(Conduct conduct);
}
