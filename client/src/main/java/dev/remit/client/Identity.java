package dev.remit.client;

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
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * An instance's key and the gateway that it is enrolled at, kept in a file that only its owner can
 * read; the key itself may be in a keystore instead.
 *
 * @param client the gateway's name for the instance; empty until it is enrolled
 */
public record Identity(URI gateway, Optional<String> client, AgentKey key) {

    /** One that is yet to be enrolled. */
    public static Identity fresh(URI gateway, AgentKey key) {
        return new Identity(gateway, Optional.empty(), key);
    }

    Identity enrolledAs(String name) {
        return new Identity(gateway, Optional.of(name), key);
    }

    /** Writes the file, at once or not at all; returns this. */
    public Identity write(Path file) {
        Value.Building text =
                Value.object()
                        .put("gateway", gateway.toString())
                        .putIf("client_id", client.map(Value::of));
        switch (key) {
            case AgentKey.Plain(KeyPair pair) -> {
                Base64.Encoder base64 = Base64.getEncoder();
                text.put("public_key", base64.encodeToString(pair.getPublic().getEncoded()));
                text.put("private_key", base64.encodeToString(pair.getPrivate().getEncoded()));
            }
            case AgentKey.Stored(_, AgentKey.Place place) -> {
                text.put("keystore", place.store()).put("alias", place.alias());
                text.putIf(
                        "password_file", place.passwordFile().map(one -> Value.of(one.toString())));
            }
        }
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
            Files.writeString(fresh, text.build().json());
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new GatewayFailed("the identity file " + file + " cannot be written", e);
        }
        return this;
    }

    /** Reads the file; refuses one that others could have read. */
    public static Identity read(Path file) {
        try {
            String rights = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
            if (!rights.endsWith("------")) {
                throw new GatewayFailed(
                        "the identity file "
                                + file
                                + " can be read by others; run `chmod 600` on it, and"
                                + " enrol again if somebody may have copied it");
            }
            Value.Fields text =
                    JsonReader.readFields(Files.readString(file).getBytes(StandardCharsets.UTF_8));
            return new Identity(
                    URI.create(text.text("gateway").orElseThrow()),
                    text.text("client_id"),
                    key(text));
        } catch (IOException
                | MalformedJson
                | GeneralSecurityException
                | NoSuchElementException
                | IllegalArgumentException e) {
            throw new GatewayFailed(
                    "the identity file " + file + " cannot be read; remove it and enrol again", e);
        }
    }

    private static AgentKey key(Value.Fields text) throws GeneralSecurityException {
        Optional<String> store = text.text("keystore");
        if (store.isPresent()) {
            return new AgentKey.Place(
                            store.get(),
                            text.text("alias").orElseThrow(),
                            text.text("password_file").map(Path::of))
                    .open();
        }
        Base64.Decoder base64 = Base64.getDecoder();
        KeyFactory factory = KeyFactory.getInstance("Ed25519");
        byte[] open = base64.decode(text.text("public_key").orElseThrow());
        byte[] secret = base64.decode(text.text("private_key").orElseThrow());
        return new AgentKey.Plain(
                new KeyPair(
                        factory.generatePublic(new X509EncodedKeySpec(open)),
                        factory.generatePrivate(new PKCS8EncodedKeySpec(secret))));
    }
}
