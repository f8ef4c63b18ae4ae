/** Fetching from addresses that somebody outside named. */
@NullMarked
package dev.remit.http.fetch;

import org.jspecify.annotations.NullMarked;
