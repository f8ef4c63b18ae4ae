/** The console: what happens now, what happened, and who and what takes part in it. */
@NullMarked
package dev.remit.console;

import org.jspecify.annotations.NullMarked;
