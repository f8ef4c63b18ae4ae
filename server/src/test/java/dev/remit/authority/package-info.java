@NullMarked
package dev.remit.authority;

import org.jspecify.annotations.NullMarked;
