/** One seed drives agents, people, crashes, clocks and storage faults around the real core. */
@NullMarked
package dev.remit.testkit.simulation;

import org.jspecify.annotations.NullMarked;
