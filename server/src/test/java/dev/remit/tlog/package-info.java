@NullMarked
package dev.remit.tlog;

import org.jspecify.annotations.NullMarked;
