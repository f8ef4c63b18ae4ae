package dev.remit.access;

import dev.remit.decision.Refusal;

/** A request, or one of several in it, that is not as the standard has it. */
final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final Refusal refusal;

    private Unreadable(int status, Refusal refusal, String what) {
        super(what, null, false, false);
        this.status = status;
        this.refusal = refusal;
    }

    /** Authorization API 1.0, section 10.1.2: a bad request. */
    static Unreadable of(String what) {
        return new Unreadable(400, Refusal.UNREADABLE, what);
    }

    static Unreadable tooLarge(String what) {
        return new Unreadable(413, Refusal.TOO_LARGE, what);
    }

    int status() {
        return status;
    }

    Refusal refusal() {
        return refusal;
    }

    String what() {
        return String.valueOf(getMessage());
    }
}
