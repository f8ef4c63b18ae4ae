package dev.remit.connect;

/** The connector cannot do its work; the message says what to do. */
public final class ConnectFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConnectFailed(String message) {
        super(message);
    }

    ConnectFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
