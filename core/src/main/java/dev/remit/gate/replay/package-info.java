/** What other rules would have made of the calls on record. */
@NullMarked
package dev.remit.gate.replay;

import org.jspecify.annotations.NullMarked;
