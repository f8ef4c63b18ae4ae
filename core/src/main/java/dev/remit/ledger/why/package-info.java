/** Why a call was decided as it was, told from the ledger alone. */
@NullMarked
package dev.remit.ledger.why;

import org.jspecify.annotations.NullMarked;
