package dev.remit.cli;

/** A command that cannot do its work; one sentence says what is wrong and how to mend it. */
public final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CommandFailed(String message) {
        super(message);
    }
}
