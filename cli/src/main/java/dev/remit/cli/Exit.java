package dev.remit.cli;

/** The exit codes of every command, as {@code docs/reference/commands.md} lists them. */
final class Exit {
    static final int DONE = 0;
    static final int REFUSED = 1;
    static final int USAGE = 2;
    static final int FOUND_WRONG = 3;

    private Exit() {}
}
