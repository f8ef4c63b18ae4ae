/** People who have signed in, from when they did until it ends. */
@NullMarked
package dev.remit.session;

import org.jspecify.annotations.NullMarked;
