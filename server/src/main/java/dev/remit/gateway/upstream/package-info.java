/** MCP towards upstreams: processes and HTTP servers that agents act on. */
@NullMarked
package dev.remit.gateway.upstream;

import org.jspecify.annotations.NullMarked;
