@NullMarked
package dev.remit.mandate;

import org.jspecify.annotations.NullMarked;
