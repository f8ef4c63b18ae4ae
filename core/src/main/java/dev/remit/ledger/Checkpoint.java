package dev.remit.ledger;

import dev.remit.call.Digest;
import dev.remit.call.Value;
import dev.remit.identity.Jwk;
import dev.remit.identity.Jws;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What a log says of itself: how many entries it has and their root (C2SP tlog-checkpoint, signed
 * as a signed-note).
 */
public record Checkpoint(String origin, long size, Digest root) {
    private static final byte[] SPKI = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final byte ED25519 = 1;

    /** The signed text. */
    public String body() {
        return origin
                + "\n"
                + size
                + "\n"
                + Base64.getEncoder().encodeToString(root.bytes())
                + "\n";
    }

    /** The signed note: this text, an empty line, one signature. */
    public String sign(PrivateKey key, PublicKey publicKey) {
        byte[] signature = sign(key, body());
        byte[] signed =
                ByteBuffer.allocate(4 + signature.length)
                        .put(keyId(origin, raw(publicKey)))
                        .put(signature)
                        .array();
        return body() + "\n— " + origin + " " + Base64.getEncoder().encodeToString(signed) + "\n";
    }

    private static byte[] sign(PrivateKey key, String text) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(key);
            signer.update(text.getBytes(StandardCharsets.UTF_8));
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the log's key does not sign", e);
        }
    }

    /** The key as signed-note writes it: {@code name+id+base64(type · key)}. */
    public static String verifierKey(String origin, PublicKey key) {
        byte[] raw = raw(key);
        byte[] typed = ByteBuffer.allocate(33).put(ED25519).put(raw).array();
        return origin
                + "+"
                + HexFormat.of().formatHex(keyId(origin, raw))
                + "+"
                + Base64.getEncoder().encodeToString(typed);
    }

    /** The key that is written so; empty if it is not. */
    public static Optional<Jwk> key(String verifierKey) {
        String[] parts = verifierKey.split("\\+", 3);
        try {
            byte[] typed = parts.length == 3 ? Base64.getDecoder().decode(parts[2]) : new byte[0];
            if (typed.length != 33 || typed[0] != ED25519) {
                return Optional.empty();
            }
            return Jwk.of(
                    Value.object()
                            .put("kty", "OKP")
                            .put("crv", "Ed25519")
                            .put("x", Jws.encode(Arrays.copyOfRange(typed, 1, 33)))
                            .build());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads a note and checks that it is signed by this key; empty if it is not, whatever the
     * reason.
     */
    public static Optional<Checkpoint> verified(String note, String verifierKey) {
        try {
            int split = note.lastIndexOf("\n\n");
            List<String> lines = split < 0 ? List.of() : note.substring(0, split).lines().toList();
            String[] key = verifierKey.strip().split("\\+", 3);
            if (lines.size() != 3 || key.length != 3 || !lines.getFirst().equals(key[0])) {
                return Optional.empty();
            }
            byte[] typed = Base64.getDecoder().decode(key[2]);
            byte[] raw = Arrays.copyOfRange(typed, 1, typed.length);
            byte[] id = keyId(key[0], raw);
            boolean sound =
                    typed.length == 33
                            && typed[0] == ED25519
                            && HexFormat.of().formatHex(id).equals(key[1]);
            String body = note.substring(0, split + 1);
            boolean signed =
                    sound
                            && note.substring(split + 2)
                                    .lines()
                                    .anyMatch(line -> isSignature(line, key[0], id, raw, body));
            Checkpoint read =
                    new Checkpoint(
                            key[0],
                            Long.parseLong(lines.get(1)),
                            Digest.ofBytes(Base64.getDecoder().decode(lines.get(2))));
            return signed && read.size() >= 0 && read.body().equals(body)
                    ? Optional.of(read)
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isSignature(
            String line, String name, byte[] id, byte[] raw, String body) {
        String start = "— " + name + " ";
        if (!line.startsWith(start)) {
            return false;
        }
        String written = line.substring(start.length());
        byte[] signed = Base64.getDecoder().decode(written);
        if (!Base64.getEncoder().encodeToString(signed).equals(written)) {
            return false; // another spelling of the same bytes
        }
        if (signed.length != 68 || !Arrays.equals(signed, 0, 4, id, 0, 4)) {
            return false;
        }
        try {
            byte[] spki = ByteBuffer.allocate(44).put(SPKI).put(raw).array();
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(
                    KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki)));
            check.update(body.getBytes(StandardCharsets.UTF_8));
            return check.verify(signed, 4, 64);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static byte[] raw(PublicKey key) {
        byte[] spki = key.getEncoded();
        return Arrays.copyOfRange(spki, SPKI.length, spki.length);
    }

    private static byte[] keyId(String name, byte[] raw) {
        byte[] hashed =
                Digest.of((name + "\n").getBytes(StandardCharsets.UTF_8), new byte[] {ED25519}, raw)
                        .bytes();
        return Arrays.copyOf(hashed, 4);
    }
}
