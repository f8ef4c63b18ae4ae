package dev.remit.ledger;

import java.time.Instant;

/** One event in its place in the log. */
public record Entry(long index, Instant at, Event event) {}
