@NullMarked
package dev.remit.console;

import org.jspecify.annotations.NullMarked;
