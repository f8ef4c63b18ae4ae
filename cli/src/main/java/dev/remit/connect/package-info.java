/** The connector: an ordinary MCP client on one side, the agent's key and DPoP on the other. */
@NullMarked
package dev.remit.connect;

import org.jspecify.annotations.NullMarked;
