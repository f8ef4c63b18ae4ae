/** How a person sees a mandate and agrees to it, whichever page they do it on. */
@NullMarked
package dev.remit.assent;

import org.jspecify.annotations.NullMarked;
