package dev.remit.mandate;

/** A mandate and what has been used of it. */
public record Sheet(Mandate mandate, Usage usage) {}
