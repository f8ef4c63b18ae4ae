@NullMarked
package dev.remit.cli.eval;

import org.jspecify.annotations.NullMarked;
