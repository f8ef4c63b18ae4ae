package dev.remit.people;

/** A provider cannot be asked, or its answer does not hold; the message is for the operator. */
final class ProviderRefused extends Exception {
    private static final long serialVersionUID = 1L;

    ProviderRefused(String message) {
        super(message);
    }

    ProviderRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
