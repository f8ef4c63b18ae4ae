/** Replays recorded traces through the judgement of intent, and keeps the score. */
@NullMarked
package dev.remit.cli.eval;

import org.jspecify.annotations.NullMarked;
