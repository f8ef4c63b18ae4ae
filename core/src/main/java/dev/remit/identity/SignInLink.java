package dev.remit.identity;

import dev.remit.call.Digest;
import java.time.Instant;

/** A word that lets one person add one passkey, once; only its hash is kept. */
public record SignInLink(Digest hash, PersonId person, Instant issuedAt, Instant expiresAt) {}
