/** The authority a person gave one agent for one task, and what has been used of it. */
@NullMarked
package dev.remit.approval;

import org.jspecify.annotations.NullMarked;
