/** The demonstration: an office, two agents with scripts, and what becomes of what they try. */
@NullMarked
package dev.remit.cli.demo;

import org.jspecify.annotations.NullMarked;
