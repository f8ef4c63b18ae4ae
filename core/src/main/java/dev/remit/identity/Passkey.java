package dev.remit.identity;

import java.time.Instant;

/**
 * A key that a person's device made and keeps (a WebAuthn credential, level 3, section 4).
 *
 * @param id the credential's id, base64url
 * @param key its public key in COSE form, base64url
 * @param count the signature counter when it was last used; 0 if the device does not count
 * @param label how its owner calls it
 */
public record Passkey(String id, String key, long count, String label, Instant since) {

    /** Whether a counter that says so is this key's, and not that of a copy (section 6.1.1). */
    public boolean mayCount(long now) {
        return (count == 0 && now == 0) || now > count;
    }

    public Passkey counted(long now) {
        return new Passkey(id, key, now, label, since);
    }
}
