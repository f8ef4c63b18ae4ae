@NullMarked
package dev.remit.mandate.learn;

import org.jspecify.annotations.NullMarked;
