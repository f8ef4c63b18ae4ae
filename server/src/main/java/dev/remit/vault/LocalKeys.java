package dev.remit.vault;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Keys that are at hand: AES-256-GCM, each 32 random bytes in base64, the newest first. As such a
 * text they come from the environment or a file ({@code openssl rand -base64 32} makes one).
 */
public final class LocalKeys implements KeyKeeper {
    private static final byte[] CONTEXT = {'r', 'e', 'm', 'i', 't', '/', 'k', 'e', 'k', '/', '1'};
    private static final int LENGTH = 32;

    private final List<byte[]> keys;
    private final Aead aead;

    @AccessesPartialKey // the keys are the operator's, not Tink's
    private LocalKeys(List<byte[]> keys) throws GeneralSecurityException {
        AeadConfig.register();
        this.keys = List.copyOf(keys);
        KeysetHandle.Builder builder = KeysetHandle.newBuilder();
        for (byte[] key : keys) {
            KeysetHandle.Builder.Entry entry = KeysetHandle.importKey(key(key));
            builder.addEntry(builder.size() == 0 ? entry.makePrimary() : entry);
        }
        this.aead = builder.build().getPrimitive(RegistryConfiguration.get(), Aead.class);
    }

    @AccessesPartialKey
    private static AesGcmKey key(byte[] key) throws GeneralSecurityException {
        // A Tink key has a number that goes before what it encrypts; this one's is its own.
        int number = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(key)).getInt();
        return AesGcmKey.builder()
                .setParameters(
                        AesGcmParameters.builder()
                                .setKeySizeBytes(LENGTH)
                                .setIvSizeBytes(12)
                                .setTagSizeBytes(16)
                                .setVariant(AesGcmParameters.Variant.TINK)
                                .build())
                .setKeyBytes(SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get()))
                .setIdRequirement(number)
                .build();
    }

    /**
     * Reads keys.
     *
     * @throws IllegalArgumentException if the text is not one or more keys
     */
    public static LocalKeys of(String text) {
        List<byte[]> keys = new ArrayList<>();
        try {
            for (String one : text.strip().split("[\\s,]+")) {
                byte[] key = Base64.getDecoder().decode(one);
                if (key.length != LENGTH || isMadeUp(key)) {
                    throw new IllegalArgumentException();
                }
                keys.add(key);
            }
            return new LocalKeys(keys);
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "a sealing key is 32 random bytes in base64 (`openssl rand -base64 32`); of"
                            + " several, the newest first");
        }
    }

    /** Whether no dice would throw this: zeros, a pattern, a word; 32 random bytes differ. */
    private static boolean isMadeUp(byte[] key) {
        Set<Byte> different = new HashSet<>();
        int printable = 0;
        for (byte one : key) {
            different.add(one);
            printable += one >= ' ' && one <= '~' ? 1 : 0;
        }
        return different.size() < LENGTH / 2 || printable == LENGTH;
    }

    /** One fresh key. */
    static LocalKeys fresh() {
        return of(Base64.getEncoder().encodeToString(random()));
    }

    private static byte[] random() {
        byte[] key = new byte[LENGTH];
        new SecureRandom().nextBytes(key);
        return key;
    }

    /** These keys behind a fresh one. */
    LocalKeys renewed() {
        return of(Base64.getEncoder().encodeToString(random()) + "\n" + text());
    }

    LocalKeys newest() {
        return of(Base64.getEncoder().encodeToString(keys.getFirst()));
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (byte[] key : keys) {
            text.append(Base64.getEncoder().encodeToString(key)).append('\n');
        }
        return text.toString();
    }

    @Override
    public byte[] wrap(byte[] key) throws GeneralSecurityException {
        return aead.encrypt(key, CONTEXT);
    }

    @Override
    public byte[] unwrap(byte[] wrapped) throws GeneralSecurityException {
        return aead.decrypt(wrapped, CONTEXT);
    }
}
