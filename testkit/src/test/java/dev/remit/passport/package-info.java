@NullMarked
package dev.remit.passport;

import org.jspecify.annotations.NullMarked;
