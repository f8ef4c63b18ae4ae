/** How agents behave: what was counted against whom, and how much of it is borne. */
@NullMarked
package dev.remit.conduct;

import org.jspecify.annotations.NullMarked;
