package dev.remit.http;

/** The other side went away, or stalled for too long, before the exchange was over. */
public final class ExchangeBroken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExchangeBroken(String message) {
        super(message);
    }

    ExchangeBroken(String message, Throwable cause) {
        super(message, cause);
    }
}
