package dev.remit.vault;

/** What is sealed cannot be opened, or is not there; the message says what to do. */
public final class KeysUnusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public KeysUnusable(String mend) {
        super(mend);
    }
}
