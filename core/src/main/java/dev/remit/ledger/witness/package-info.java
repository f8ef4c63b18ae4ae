/** Witnessing the logs of others: what a log submits, and what a witness answers. */
@NullMarked
package dev.remit.ledger.witness;

import org.jspecify.annotations.NullMarked;
