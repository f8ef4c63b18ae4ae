/** The acts that change who may do what; each is one event in the ledger. */
@NullMarked
package dev.remit.registry;

import org.jspecify.annotations.NullMarked;
