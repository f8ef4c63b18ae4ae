/** The OAuth authorization server for agents, and the door that finds out who sent a request. */
@NullMarked
package dev.remit.authority;

import org.jspecify.annotations.NullMarked;
