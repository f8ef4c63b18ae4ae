package dev.remit.call;

import java.time.Instant;

/** One attempted action: which tool of which upstream, with which arguments. */
public record Call(CallId id, Tool tool, Arguments arguments, Instant receivedAt) {}
