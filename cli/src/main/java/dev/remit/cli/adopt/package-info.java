/** Adopting the MCP servers that a client has in its configuration, and giving them back. */
@NullMarked
package dev.remit.cli.adopt;

import org.jspecify.annotations.NullMarked;
