package dev.remit.vault;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.KmsEnvelopeAead;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.security.GeneralSecurityException;

/**
 * Seals contents: AES-256-GCM under a data key of each content's own, which the {@link KeyKeeper}
 * wraps. What is sealed opens only under the very {@link Label} it was sealed under.
 */
public final class Sealer {
    private final Aead aead;

    public Sealer(KeyKeeper keys) {
        try {
            AeadConfig.register();
            this.aead = KmsEnvelopeAead.create(PredefinedAeadParameters.AES256_GCM, wrapping(keys));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Aead wrapping(KeyKeeper keys) {
        return new Aead() {
            @Override
            public byte[] encrypt(byte[] key, byte[] context) throws GeneralSecurityException {
                return keys.wrap(key);
            }

            @Override
            public byte[] decrypt(byte[] wrapped, byte[] context) throws GeneralSecurityException {
                return keys.unwrap(wrapped);
            }
        };
    }

    byte[] seal(Label label, byte[] content) throws GeneralSecurityException {
        return aead.encrypt(content, label.binding());
    }

    /**
     * Opens what was sealed under this label.
     *
     * @throws GeneralSecurityException if it was sealed under another one, or under a key that is
     *     not there, or was changed; which of these, nobody learns
     */
    byte[] open(Label label, byte[] sealed) throws GeneralSecurityException {
        return aead.decrypt(sealed, label.binding());
    }
}
