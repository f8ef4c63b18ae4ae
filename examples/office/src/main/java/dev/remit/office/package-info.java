/**
 * A small office whose calendar, documents, mail and staff records are MCP servers like anybody
 * else's.
 */
@NullMarked
package dev.remit.office;

import org.jspecify.annotations.NullMarked;
