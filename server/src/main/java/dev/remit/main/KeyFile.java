package dev.remit.main;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/**
 * Keys in files that only their owner can read: an Ed25519 key pair is its public key, then its
 * private key, in base64.
 */
final class KeyFile {
    private KeyFile() {}

    /** The key in this file; made, if there is no file. */
    static KeyPair at(Path file) {
        try {
            if (!Files.exists(file)) {
                writePrivate(file, text(KeyPairGenerator.getInstance("Ed25519").generateKeyPair()));
            }
            List<String> lines = Files.readAllLines(file);
            KeyFactory factory = KeyFactory.getInstance("Ed25519");
            byte[] publicKey = Base64.getDecoder().decode(lines.getFirst());
            byte[] privateKey = Base64.getDecoder().decode(lines.get(1));
            return new KeyPair(
                    factory.generatePublic(new X509EncodedKeySpec(publicKey)),
                    factory.generatePrivate(new PKCS8EncodedKeySpec(privateKey)));
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new ConfigRefused("the key file " + file + " cannot be read: " + e.getMessage());
        }
    }

    /** The 32 secret bytes in this file, in base64; made, if there is no file. */
    static byte[] secretAt(Path file) {
        try {
            if (!Files.exists(file)) {
                writePrivate(file, Base64.getEncoder().encodeToString(Names.random(32)) + "\n");
            }
            byte[] secret = Base64.getDecoder().decode(Files.readString(file).strip());
            if (secret.length != 32) {
                throw new IllegalArgumentException("it does not hold 32 bytes");
            }
            return secret;
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigRefused("the key file " + file + " cannot be read: " + e.getMessage());
        }
    }

    /** Writes a file that nobody but its owner can read, at once or not at all. */
    static void writePrivate(Path file, String text) throws IOException {
        Path fresh =
                Files.createTempFile(
                        file.toAbsolutePath().getParent(),
                        ".new",
                        "",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String text(KeyPair keys) {
        Base64.Encoder base64 = Base64.getEncoder();
        return base64.encodeToString(keys.getPublic().getEncoded())
                + "\n"
                + base64.encodeToString(keys.getPrivate().getEncoded())
                + "\n";
    }
}
