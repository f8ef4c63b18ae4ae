/**
 * Fakes that behave like the real thing, the contract suites that hold both to it, and the
 * simulation.
 */
@NullMarked
package dev.remit.testkit;

import org.jspecify.annotations.NullMarked;
