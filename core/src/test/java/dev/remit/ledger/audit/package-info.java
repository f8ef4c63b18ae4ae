@NullMarked
package dev.remit.ledger.audit;

import org.jspecify.annotations.NullMarked;
