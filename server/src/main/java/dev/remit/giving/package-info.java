/** The pages where people give mandates, look after them, and answer what agents ask. */
@NullMarked
package dev.remit.giving;

import org.jspecify.annotations.NullMarked;
