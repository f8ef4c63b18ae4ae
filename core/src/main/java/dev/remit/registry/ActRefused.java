package dev.remit.registry;

/** An act that cannot be done as things are; the message says why and what would help. */
public final class ActRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ActRefused(String message) {
        super(message);
    }
}
