package dev.remit.ledger;

import dev.remit.call.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * An Ed25519 key with the name it goes by, as C2SP signed-note has it: written {@code
 * name+id+base64(kind · key)}, and marking notes with lines {@code — name base64(id · mark)}.
 */
public final class NoteKey {
    private static final byte[] SPKI = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final int ID = 4;
    private static final int RAW = 32;

    private final String name;
    private final Kind kind;
    private final byte[] raw;

    /** What a key signs. */
    public enum Kind {
        /** A log's own checkpoints. */
        LOG(1),
        /** That it saw a checkpoint of another's log, and when (C2SP tlog-cosignature). */
        WITNESS(4);

        private final byte code;

        Kind(int code) {
            this.code = (byte) code;
        }
    }

    private NoteKey(String name, Kind kind, byte[] raw) {
        this.name = name;
        this.kind = kind;
        this.raw = raw;
    }

    public static NoteKey of(String name, Kind kind, PublicKey key) {
        byte[] spki = key.getEncoded();
        return new NoteKey(name, kind, Arrays.copyOfRange(spki, SPKI.length, spki.length));
    }

    /** Reads a key of this kind; empty if it is not written exactly so. */
    public static Optional<NoteKey> read(String written, Kind kind) {
        String[] parts = written.split("\\+", 3);
        try {
            byte[] typed = parts.length == 3 ? Base64.getDecoder().decode(parts[2]) : new byte[0];
            if (typed.length != RAW + 1 || typed[0] != kind.code || !isName(parts[0])) {
                return Optional.empty();
            }
            NoteKey key = new NoteKey(parts[0], kind, Arrays.copyOfRange(typed, 1, typed.length));
            return key.written().equals(written) ? Optional.of(key) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether a key may be called so: not empty, no blanks and no plus. */
    public static boolean isName(String name) {
        return !name.isEmpty()
                && name.codePoints()
                        .noneMatch(
                                c ->
                                        c == '+'
                                                || Character.isWhitespace(c)
                                                || Character.isSpaceChar(c)
                                                || Character.isISOControl(c));
    }

    public String name() {
        return name;
    }

    byte[] raw() {
        return raw.clone();
    }

    public String written() {
        byte[] typed = ByteBuffer.allocate(RAW + 1).put(kind.code).put(raw).array();
        return name
                + "+"
                + HexFormat.of().formatHex(id())
                + "+"
                + Base64.getEncoder().encodeToString(typed);
    }

    private byte[] id() {
        byte[] named = (name + "\n").getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(Digest.of(named, new byte[] {kind.code}, raw).bytes(), ID);
    }

    /** The line that says that this key made the mark. */
    String line(byte[] mark) {
        byte[] marked = ByteBuffer.allocate(ID + mark.length).put(id()).put(mark).array();
        return "— " + name + " " + Base64.getEncoder().encodeToString(marked) + "\n";
    }

    /**
     * The marks of a note that say they are this key's, without its id; whether they are, has to be
     * seen. Lines of others, or in another spelling of base64, are passed over.
     */
    List<byte[]> marks(String note) {
        int split = note.lastIndexOf("\n\n");
        String start = "— " + name + " ";
        List<byte[]> marks = new ArrayList<>();
        for (String line : split < 0 ? new String[0] : note.substring(split + 2).split("\n")) {
            if (line.startsWith(start)) {
                Optional<byte[]> marked = base64(line.substring(start.length()));
                marked.filter(bytes -> bytes.length > ID)
                        .filter(bytes -> Arrays.equals(bytes, 0, ID, id(), 0, ID))
                        .ifPresent(bytes -> marks.add(Arrays.copyOfRange(bytes, ID, bytes.length)));
            }
        }
        return marks;
    }

    /** Reads base64 that is written in the one way that a writer writes it. */
    static Optional<byte[]> base64(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            return Base64.getEncoder().encodeToString(bytes).equals(text)
                    ? Optional.of(bytes)
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether this key signed the text. */
    boolean signed(String text, byte[] signature) {
        try {
            byte[] spki = ByteBuffer.allocate(SPKI.length + RAW).put(SPKI).put(raw).array();
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(
                    KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki)));
            check.update(text.getBytes(StandardCharsets.UTF_8));
            return signature.length == 64 && check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Signs a text with the private half of such a key. */
    static byte[] sign(PrivateKey key, String text) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(key);
            signer.update(text.getBytes(StandardCharsets.UTF_8));
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key for notes does not sign", e);
        }
    }
}
