@NullMarked
package dev.remit.testkit;

import org.jspecify.annotations.NullMarked;
