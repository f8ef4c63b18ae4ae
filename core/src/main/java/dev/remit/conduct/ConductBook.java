package dev.remit.conduct;

/** What the ledger says of how agents behave; it changes only by appending to the ledger. */
public interface ConductBook {
    Conduct conduct(Subject subject);
}
