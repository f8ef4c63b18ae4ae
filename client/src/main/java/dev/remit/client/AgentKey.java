package dev.remit.client;

import dev.remit.identity.Jwk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.Optional;

/** The key pair that an agent's instance is known by, Ed25519 or P-256, and where it is kept. */
public sealed interface AgentKey {
    /** The private half may be a handle: a token (PKCS#11) does not give it away. */
    KeyPair pair();

    /** Kept in the identity file itself. */
    record Plain(KeyPair pair) implements AgentKey {}

    /** Kept in a keystore. */
    record Stored(KeyPair pair, Place place) implements AgentKey {}

    /**
     * Where a keystore's key is.
     *
     * @param store the path of a PKCS#12 file, or {@code pkcs11:} and the path of the configuration
     *     of Java's PKCS#11 provider
     * @param alias the key's name in it
     * @param passwordFile where its password is; empty for the environment's {@code
     *     REMIT_KEYSTORE_PASSWORD}
     */
    record Place(String store, String alias, Optional<Path> passwordFile) {
        private static final String TOKEN = "pkcs11:";
        private static final String VARIABLE = "REMIT_KEYSTORE_PASSWORD";

        /**
         * Opens the key.
         *
         * @throws GatewayFailed if it is not there, or is no Ed25519 or P-256 key
         */
        public AgentKey open() {
            char[] password = password();
            try {
                KeyStore keys = load(password);
                Certificate certificate = keys.getCertificate(alias);
                if (certificate == null
                        || !(keys.getKey(alias, password) instanceof PrivateKey key)) {
                    throw new GatewayFailed(
                            "the keystore "
                                    + store
                                    + " has no key named `"
                                    + alias
                                    + "`; make one with `keytool -genkeypair -alias "
                                    + alias
                                    + " -keyalg Ed25519`");
                }
                Jwk.of(certificate.getPublicKey());
                return new Stored(new KeyPair(certificate.getPublicKey(), key), this);
            } catch (IllegalArgumentException e) {
                throw new GatewayFailed(
                        "the key `"
                                + alias
                                + "` is neither Ed25519 nor P-256; make one with `keytool"
                                + " -genkeypair -keyalg Ed25519`, or `-keyalg EC -groupname secp256r1`",
                        e);
            } catch (IOException | GeneralSecurityException e) {
                throw new GatewayFailed(
                        "the keystore "
                                + store
                                + " cannot be opened; look at its path and its password",
                        e);
            } finally {
                Arrays.fill(password, ' ');
            }
        }

        private KeyStore load(char[] password) throws IOException, GeneralSecurityException {
            if (store.startsWith(TOKEN)) {
                Provider provider =
                        Security.getProvider("SunPKCS11")
                                .configure(store.substring(TOKEN.length()));
                Security.addProvider(provider); // it alone can sign with its keys
                KeyStore keys = KeyStore.getInstance("PKCS11", provider);
                keys.load(null, password);
                return keys;
            }
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(Path.of(store))) {
                keys.load(in, password);
            }
            return keys;
        }

        private char[] password() {
            if (passwordFile.isEmpty()) {
                String known = System.getenv(VARIABLE);
                if (known == null) {
                    throw new GatewayFailed(
                            "the keystore's password is missing; set "
                                    + VARIABLE
                                    + " or name a file that holds it");
                }
                return known.toCharArray();
            }
            try {
                return Files.readString(passwordFile.get()).strip().toCharArray();
            } catch (IOException e) {
                throw new GatewayFailed(
                        "the password file " + passwordFile.get() + " cannot be read", e);
            }
        }
    }

    /** A fresh Ed25519 key; it leaves this process only into the identity file. */
    static AgentKey fresh() {
        try {
            return new Plain(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform lacks Ed25519", e);
        }
    }
}
