package dev.remit.identity;

/** What the ledger says of the gateway's own keys; their private halves are elsewhere. */
public interface KeyBook {
    /** The keys of a use; of one that has none yet, an empty page. */
    KeyPage keys(KeyUse use);
}
