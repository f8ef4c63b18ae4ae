@NullMarked
package dev.remit.vault;

import org.jspecify.annotations.NullMarked;
