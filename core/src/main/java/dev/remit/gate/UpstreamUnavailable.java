package dev.remit.gate;

/** An upstream cannot be asked what it offers. */
public final class UpstreamUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UpstreamUnavailable(String message) {
        super(message);
    }

    public UpstreamUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
