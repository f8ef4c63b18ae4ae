/** The least that would have been enough, told from what was done. */
@NullMarked
package dev.remit.mandate.learn;

import org.jspecify.annotations.NullMarked;
