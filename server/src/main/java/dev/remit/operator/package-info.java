/**
 * What the person at the machine can do from a terminal; closed to agents, whoever they act for.
 */
@NullMarked
package dev.remit.operator;

import org.jspecify.annotations.NullMarked;
