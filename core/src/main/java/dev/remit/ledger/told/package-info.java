/** Entries as lines that people read: on a page, and on a terminal. */
@NullMarked
package dev.remit.ledger.told;

import org.jspecify.annotations.NullMarked;
