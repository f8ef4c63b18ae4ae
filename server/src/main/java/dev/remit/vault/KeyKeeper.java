package dev.remit.vault;

import java.security.GeneralSecurityException;

/**
 * The key-encryption key, wherever it is: a file, the environment, a key management system. Only
 * keys are given to it, never credentials.
 */
public interface KeyKeeper {
    /** Wraps a data key under the newest key. */
    byte[] wrap(byte[] key) throws GeneralSecurityException;

    /** Unwraps a data key that was wrapped under the newest key or an older one not yet retired. */
    byte[] unwrap(byte[] wrapped) throws GeneralSecurityException;

    /** Makes a newer key beside the present ones, if this keeper makes its keys itself. */
    default void renew() {}

    /** Forgets all keys but the newest, if this keeper makes its keys itself. */
    default void retire() {}
}
