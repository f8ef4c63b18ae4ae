/** MCP towards agents: the edge that turns requests into calls and answers into messages. */
@NullMarked
package dev.remit.gateway.mcp;

import org.jspecify.annotations.NullMarked;
