/** The commands of {@code remit}. */
@NullMarked
package dev.remit.cli;

import org.jspecify.annotations.NullMarked;
