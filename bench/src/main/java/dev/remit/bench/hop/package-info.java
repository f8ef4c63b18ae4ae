/** What the gateway adds to a call, measured beside a plain reverse proxy. */
@NullMarked
package dev.remit.bench.hop;

import org.jspecify.annotations.NullMarked;
