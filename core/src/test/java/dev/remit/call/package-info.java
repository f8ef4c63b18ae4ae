@NullMarked
package dev.remit.call;

import org.jspecify.annotations.NullMarked;
