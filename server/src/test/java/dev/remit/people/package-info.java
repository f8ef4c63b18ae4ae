@NullMarked
package dev.remit.people;

import org.jspecify.annotations.NullMarked;
