/** Tells people elsewhere that a question waits; it is answered on the page alone. */
@NullMarked
package dev.remit.notice;

import org.jspecify.annotations.NullMarked;
