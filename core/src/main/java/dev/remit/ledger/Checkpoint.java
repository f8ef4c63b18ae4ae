package dev.remit.ledger;

import dev.remit.call.Digest;
import dev.remit.call.Value;
import dev.remit.identity.Jwk;
import dev.remit.identity.Jws;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What a log says of itself: how many entries it has and their root (C2SP tlog-checkpoint, signed
 * as a signed-note).
 */
public record Checkpoint(String origin, long size, Digest root) {

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
        NoteKey signer = NoteKey.of(origin, NoteKey.Kind.LOG, publicKey);
        return body() + "\n" + signer.line(NoteKey.sign(key, body()));
    }

    /** The key as signed-note writes it: {@code name+id+base64(type · key)}. */
    public static String verifierKey(String origin, PublicKey key) {
        return NoteKey.of(origin, NoteKey.Kind.LOG, key).written();
    }

    /** The key that is written so; empty if it is not. */
    public static Optional<Jwk> key(String verifierKey) {
        return NoteKey.read(verifierKey, NoteKey.Kind.LOG)
                .flatMap(
                        key ->
                                Jwk.of(
                                        Value.object()
                                                .put("kty", "OKP")
                                                .put("crv", "Ed25519")
                                                .put("x", Jws.encode(key.raw()))
                                                .build()));
    }

    /** Reads what a note says, whoever signed it; empty if it is no checkpoint. */
    public static Optional<Checkpoint> said(String note) {
        int split = note.lastIndexOf("\n\n");
        List<String> lines = split < 0 ? List.of() : note.substring(0, split).lines().toList();
        if (lines.size() != 3 || !lines.get(1).matches("0|[1-9][0-9]{0,18}")) {
            return Optional.empty();
        }
        try {
            Checkpoint read =
                    new Checkpoint(
                            lines.getFirst(),
                            Long.parseLong(lines.get(1)),
                            Digest.ofBytes(Base64.getDecoder().decode(lines.get(2))));
            return read.body().equals(note.substring(0, split + 1))
                    ? Optional.of(read)
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads a note and checks that it is signed by this key; empty if it is not, whatever the
     * reason. A note in which one of several signatures by the key does not hold is none.
     */
    public static Optional<Checkpoint> verified(String note, String verifierKey) {
        Optional<NoteKey> key = NoteKey.read(verifierKey.strip(), NoteKey.Kind.LOG);
        return said(note)
                .filter(
                        one ->
                                key.filter(by -> by.name().equals(one.origin()))
                                        .filter(by -> isSigned(one, note, by))
                                        .isPresent());
    }

    private static boolean isSigned(Checkpoint one, String note, NoteKey key) {
        List<byte[]> marks = key.marks(note);
        return !marks.isEmpty() && marks.stream().allMatch(mark -> key.signed(one.body(), mark));
    }
}
