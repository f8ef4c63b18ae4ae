package dev.remit.connect;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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
import java.util.NoSuchElementException;

/**
 * An agent's enrolled key and the gateway it is enrolled at, kept in a file that only its owner can
 * read.
 */
public record Identity(URI gateway, String client, KeyPair keys) {

    /** A fresh Ed25519 key; it leaves this process only into the identity file. */
    public static KeyPair freshKeys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform lacks Ed25519", e);
        }
    }

    public void write(Path file) {
        Base64.Encoder base64 = Base64.getEncoder();
        Value.Fields text =
                Value.object()
                        .put("gateway", gateway.toString())
                        .put("client_id", client)
                        .put("public_key", base64.encodeToString(keys.getPublic().getEncoded()))
                        .put("private_key", base64.encodeToString(keys.getPrivate().getEncoded()))
                        .build();
        Path parent = file.toAbsolutePath().getParent();
        try {
            Files.createDirectories(parent);
            Path fresh =
                    Files.createTempFile(
                            parent,
                            ".identity",
                            "",
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")));
            Files.writeString(fresh, text.json());
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new ConnectFailed("the identity file " + file + " cannot be written", e);
        }
    }

    /** Reads the file; refuses one that others could have read. */
    public static Identity read(Path file) {
        try {
            String rights = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
            if (!rights.endsWith("------")) {
                throw new ConnectFailed(
                        "the identity file "
                                + file
                                + " can be read by others; run `chmod 600` on it, and"
                                + " enrol again if somebody may have copied it");
            }
            Value.Fields text =
                    JsonReader.readFields(Files.readString(file).getBytes(StandardCharsets.UTF_8));
            Base64.Decoder base64 = Base64.getDecoder();
            KeyFactory factory = KeyFactory.getInstance("Ed25519");
            KeyPair keys =
                    new KeyPair(
                            factory.generatePublic(
                                    new X509EncodedKeySpec(
                                            base64.decode(text.text("public_key").orElseThrow()))),
                            factory.generatePrivate(
                                    new PKCS8EncodedKeySpec(
                                            base64.decode(
                                                    text.text("private_key").orElseThrow()))));
            return new Identity(
                    URI.create(text.text("gateway").orElseThrow()),
                    text.text("client_id").orElseThrow(),
                    keys);
        } catch (IOException
                | MalformedJson
                | GeneralSecurityException
                | NoSuchElementException
                | IllegalArgumentException e) {
            throw new ConnectFailed(
                    "the identity file " + file + " cannot be read; remove it and enrol again", e);
        }
    }
}
