package dev.remit.cli.terminal;

import java.time.Duration;
import java.util.Optional;

/** Whoever presses keys. */
public interface Keys extends AutoCloseable {
    /** The next key, if one is pressed within so long. */
    Optional<Character> next(Duration wait) throws InterruptedException;

    /** Forgets what was pressed until now. */
    void forget();

    /** How many columns the screen has. */
    int columns();

    @Override
    void close();
}
