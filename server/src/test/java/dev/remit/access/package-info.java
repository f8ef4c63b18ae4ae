@NullMarked
package dev.remit.access;

import org.jspecify.annotations.NullMarked;
