package dev.remit.identity;

/** A human on whose behalf agents act. */
public record Person(PersonId id, String name) {}
