/** What the judge and the ledger cost, measured; run by {@code bench/run}. */
@NullMarked
package dev.remit.bench;

import org.jspecify.annotations.NullMarked;
