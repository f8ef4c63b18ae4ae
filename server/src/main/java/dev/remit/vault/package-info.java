/** Credentials for upstreams: kept sealed, made ready for each request, agreed to by people. */
@NullMarked
package dev.remit.vault;

import org.jspecify.annotations.NullMarked;
