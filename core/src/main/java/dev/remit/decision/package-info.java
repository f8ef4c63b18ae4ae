/** Deciding: a pure function from a case to allow or refuse. */
@NullMarked
package dev.remit.decision;

import org.jspecify.annotations.NullMarked;
