@NullMarked
package dev.remit.testkit.simulation;

import org.jspecify.annotations.NullMarked;
