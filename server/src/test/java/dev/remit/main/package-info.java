@NullMarked
package dev.remit.main;

import org.jspecify.annotations.NullMarked;
