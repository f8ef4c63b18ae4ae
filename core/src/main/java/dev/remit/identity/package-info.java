/**
 * Who is asking: persons, agents, instances, and the check that makes a {@link
 * dev.remit.identity.Caller}.
 */
@NullMarked
package dev.remit.identity;

import org.jspecify.annotations.NullMarked;
