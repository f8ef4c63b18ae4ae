/** The person's side at a terminal: what waits, answered with keys, and what goes on. */
@NullMarked
package dev.remit.cli.terminal;

import org.jspecify.annotations.NullMarked;
