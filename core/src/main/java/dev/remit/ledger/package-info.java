/**
 * The tamper-evident log: events, their canonical encoding, the Merkle tree, checkpoints,
 * verification.
 */
@NullMarked
package dev.remit.ledger;

import org.jspecify.annotations.NullMarked;
