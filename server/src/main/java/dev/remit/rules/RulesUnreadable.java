package dev.remit.rules;

/** Rules that cannot be taken as they stand; the message says where and what to write instead. */
public final class RulesUnreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RulesUnreadable(String message) {
        super(message);
    }
}
