package dev.remit.testkit;

import dev.remit.call.Digest;
import dev.remit.call.JsonWriter;
import dev.remit.call.Value;
import dev.remit.identity.PasskeyAnswer;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/**
 * A passkey in software (WebAuthn level 3: ES256, no attestation), as honest as it is told to be.
 */
public final class SoftPasskey {
    private static final int PRESENT = 0x01;
    private static final int VERIFIED = 0x04;
    private static final int ATTESTED = 0x40;

    private final KeyPair keys = keys();
    private final byte[] id = random(16);
    private String handle = "";
    private long count;

    /** What it says of the page it was used on, and of the person. */
    public record Telling(String origin, String host, boolean verified) {}

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    /** Sets the counter back, as a copy of the key would be behind. */
    public void setBack(long to) {
        count = to;
    }

    /** The credential's id, as the ledger has it. */
    public String id() {
        return encode(id);
    }

    /** Its public key, COSE, as the ledger has it. */
    public String key() {
        return encode(cose());
    }

    /** Its private key (RFC 5208), for a device that is to have it, too. */
    public byte[] pkcs8() {
        return keys.getPrivate().getEncoded();
    }

    /** Approves a challenge on this page. */
    public PasskeyAnswer approving(Digest challenge, Telling telling) {
        Value.Fields options = Value.object().put("challenge", challenge.base64Url()).build();
        Value.Fields response = shown(options, telling).fields("response").orElseThrow();
        return new PasskeyAnswer(
                response.text("authenticatorData").orElseThrow(),
                response.text("clientDataJSON").orElseThrow(),
                response.text("signature").orElseThrow());
    }

    private byte[] cose() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ECPublicKey key = (ECPublicKey) keys.getPublic();
        out.writeBytes(new byte[] {(byte) 0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 0x20});
        out.writeBytes(coordinate(key.getW().getAffineX()));
        out.writeBytes(new byte[] {0x22, 0x58, 0x20});
        out.writeBytes(coordinate(key.getW().getAffineY()));
        return out.toByteArray();
    }

    /** Answers {@code navigator.credentials.create}. */
    public Value.Fields made(Value.Fields options, Telling telling) {
        handle = options.fields("user").orElseThrow().text("id").orElseThrow();
        byte[] client = client("webauthn.create", options, telling);
        byte[] data = data(telling, ATTESTED);
        ByteArrayOutputStream object = new ByteArrayOutputStream();
        object.write(0xa3);
        text(object, "fmt");
        text(object, "none");
        text(object, "attStmt");
        object.write(0xa0);
        text(object, "authData");
        object.write(0x59);
        object.write(data.length >> 8);
        object.write(data.length);
        object.writeBytes(data);
        return credential(
                Value.object()
                        .put("clientDataJSON", encode(client))
                        .put("attestationObject", encode(object.toByteArray()))
                        .build());
    }

    /** Answers {@code navigator.credentials.get}. */
    public Value.Fields shown(Value.Fields options, Telling telling) {
        byte[] client = client("webauthn.get", options, telling);
        byte[] data = data(telling, 0);
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(data);
            signature.update(sha256(client));
            return credential(
                    Value.object()
                            .put("clientDataJSON", encode(client))
                            .put("authenticatorData", encode(data))
                            .put("signature", encode(signature.sign()))
                            .put("userHandle", handle)
                            .build());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Value.Fields credential(Value.Fields response) {
        return Value.object()
                .put("type", "public-key")
                .put("id", encode(id))
                .put("response", response)
                .put("clientExtensionResults", Value.Fields.EMPTY)
                .build();
    }

    private static byte[] client(String type, Value.Fields options, Telling telling) {
        return JsonWriter.plain(
                Value.object()
                        .put("type", type)
                        .put("challenge", options.text("challenge").orElseThrow())
                        .put("origin", telling.origin())
                        .put("crossOrigin", false)
                        .build());
    }

    private byte[] data(Telling telling, int more) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.writeBytes(sha256(telling.host().getBytes(StandardCharsets.UTF_8)));
        data.write(PRESENT | more | (telling.verified() ? VERIFIED : 0));
        data.writeBytes(ByteBuffer.allocate(4).putInt((int) ++count).array());
        if (more == ATTESTED) {
            data.writeBytes(new byte[16]);
            data.write(0);
            data.write(id.length);
            data.writeBytes(id);
            data.writeBytes(cose());
        }
        return data.toByteArray();
    }

    private static byte[] coordinate(BigInteger number) {
        byte[] bytes = new byte[32];
        byte[] written = number.toByteArray();
        int from = Math.max(0, written.length - 32);
        int length = written.length - from;
        System.arraycopy(written, from, bytes, 32 - length, length);
        return bytes;
    }

    private static void text(ByteArrayOutputStream out, String text) {
        out.write(0x60 + text.length());
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
