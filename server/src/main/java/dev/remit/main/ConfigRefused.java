package dev.remit.main;

/** A configuration that cannot be used; the message says where it is wrong and how to mend it. */
public final class ConfigRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConfigRefused(String message) {
        super(message);
    }
}
