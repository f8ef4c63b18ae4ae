/** A whole gateway in one process, agents with keys, and upstreams to be had at will. */
@NullMarked
package dev.remit.gateway.rig;

import org.jspecify.annotations.NullMarked;
