/** The offline check of a copied log: what was changed, and where. */
@NullMarked
package dev.remit.ledger.audit;

import org.jspecify.annotations.NullMarked;
