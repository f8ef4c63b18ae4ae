package dev.remit.cedar;

/** Who wants to do what to what, and under which circumstances. */
public record Request(Uid principal, Uid action, Uid resource, Value.Fields context) {}
