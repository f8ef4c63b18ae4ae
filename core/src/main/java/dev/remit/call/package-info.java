/**
 * The words for one attempted action: tool, arguments, outcome, and the one way to read and write
 * JSON.
 */
@NullMarked
package dev.remit.call;

import org.jspecify.annotations.NullMarked;
