/** The path of a call: gathered, decided, written down, sent, written down. */
@NullMarked
package dev.remit.gate;

import org.jspecify.annotations.NullMarked;
