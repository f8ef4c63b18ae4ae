@NullMarked
package dev.remit.giving;

import org.jspecify.annotations.NullMarked;
