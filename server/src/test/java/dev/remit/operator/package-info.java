@NullMarked
package dev.remit.operator;

import org.jspecify.annotations.NullMarked;
