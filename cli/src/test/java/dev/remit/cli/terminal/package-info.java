@NullMarked
package dev.remit.cli.terminal;

import org.jspecify.annotations.NullMarked;
