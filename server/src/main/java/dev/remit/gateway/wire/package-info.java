/** The words of the Model Context Protocol that both sides of the gateway share. */
@NullMarked
package dev.remit.gateway.wire;

import org.jspecify.annotations.NullMarked;
