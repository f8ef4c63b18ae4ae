package dev.remit.vault;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.KmsEnvelopeAead;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import dev.remit.identity.Credential;
import dev.remit.identity.PersonId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;

/**
 * Seals contents: AES-256-GCM under a data key of each content's own, which the {@link KeyKeeper}
 * wraps. What is sealed opens only as the content of the very credential it was sealed for: same
 * id, upstream, origin, person and kind.
 */
public final class Sealer {
    private static final String DOMAIN = "remit/sealed/v1";

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

    byte[] seal(Credential credential, byte[] content) throws GeneralSecurityException {
        return aead.encrypt(content, binding(credential));
    }

    /**
     * Opens what was sealed for this credential.
     *
     * @throws GeneralSecurityException if it was sealed for another one, or under a key that is not
     *     there, or was changed
     */
    byte[] open(Credential credential, byte[] sealed) throws GeneralSecurityException {
        return aead.decrypt(sealed, binding(credential));
    }

    private static byte[] binding(Credential credential) {
        List<String> parts =
                List.of(
                        DOMAIN,
                        credential.id().text(),
                        credential.upstream(),
                        credential.origin().toString(),
                        credential.person().map(PersonId::text).orElse(""),
                        credential.kind().text());
        List<byte[]> bytes =
                parts.stream().map(part -> part.getBytes(StandardCharsets.UTF_8)).toList();
        int length = bytes.stream().mapToInt(one -> Integer.BYTES + one.length).sum();
        ByteBuffer all = ByteBuffer.allocate(length);
        bytes.forEach(one -> all.putInt(one.length).put(one));
        return all.array();
    }
}
