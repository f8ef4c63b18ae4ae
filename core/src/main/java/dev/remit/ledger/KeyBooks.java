package dev.remit.ledger;

import dev.remit.identity.Jwk;
import dev.remit.identity.KeyPage;
import dev.remit.identity.KeyUse;
import dev.remit.identity.OwnKey;
import java.util.Arrays;
import java.util.Optional;

/** The part of the fold that is about the gateway's own keys. */
final class KeyBooks {
    private final KeyShelf shelf;

    KeyBooks(KeyShelf shelf) {
        this.shelf = shelf;
    }

    Optional<String> objection(Event.OfKeys event) {
        return switch (event) {
            case Event.KeyIntroduced introduced -> objection(introduced);
            case Event.SealedAnew _ -> Optional.empty();
        };
    }

    private Optional<String> objection(Event.KeyIntroduced introduced) {
        KeyPage page = shelf.keys(introduced.use());
        boolean known =
                Arrays.stream(KeyUse.values())
                        .anyMatch(use -> shelf.keys(use).has(introduced.key()));
        if (introduced.number() != page.keys().size() + 1L || known) {
            return Optional.of("another key came before, or the key is known already");
        }
        return isEndorsed(page, introduced)
                ? Optional.empty()
                : Optional.of("the log's key does not say so");
    }

    /** Only the log's keys are endorsed, each but the first; all that they signed stays signed. */
    private static boolean isEndorsed(KeyPage page, Event.KeyIntroduced introduced) {
        Optional<Jwk> before = page.newest().map(OwnKey::key);
        if (introduced.use() != KeyUse.LOG || before.isEmpty()) {
            return introduced.endorsement().isEmpty();
        }
        return !introduced.refusesOlder()
                && introduced
                        .endorsement()
                        .filter(
                                said ->
                                        Endorsement.holds(
                                                before.get(),
                                                introduced.number(),
                                                introduced.key(),
                                                said))
                        .isPresent();
    }

    void apply(Entry entry, Event.OfKeys event) {
        switch (event) {
            case Event.KeyIntroduced introduced ->
                    shelf.put(
                            shelf.keys(introduced.use())
                                    .with(
                                            introduced.key(),
                                            entry.at(),
                                            entry.index(),
                                            introduced.refusesOlder()));
            case Event.SealedAnew _ -> {}
        }
    }
}
