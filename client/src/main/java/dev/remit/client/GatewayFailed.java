package dev.remit.client;

/** The gateway cannot be reached or does not know this agent; the message says what to do. */
public final class GatewayFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public GatewayFailed(String message) {
        super(message);
    }

    public GatewayFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
