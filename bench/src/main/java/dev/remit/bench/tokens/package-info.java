/** What a token costs, measured beside other authorization servers. */
@NullMarked
package dev.remit.bench.tokens;

import org.jspecify.annotations.NullMarked;
