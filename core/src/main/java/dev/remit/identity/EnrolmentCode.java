package dev.remit.identity;

import dev.remit.call.Digest;
import java.time.Instant;

/** A word that enrols one instance of one agent, once; only its hash is kept. */
public record EnrolmentCode(Digest hash, AgentId agent, Instant expiresAt) {}
