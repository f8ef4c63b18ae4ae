@NullMarked
package dev.remit.rules;

import org.jspecify.annotations.NullMarked;
