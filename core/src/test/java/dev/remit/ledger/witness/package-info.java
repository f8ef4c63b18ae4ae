@NullMarked
package dev.remit.ledger.witness;

import org.jspecify.annotations.NullMarked;
