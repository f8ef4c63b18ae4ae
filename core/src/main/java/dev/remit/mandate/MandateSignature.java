package dev.remit.mandate;

import dev.remit.call.Digest;
import dev.remit.call.JsonWriter;
import dev.remit.call.Value;
import dev.remit.identity.Jws;
import dev.remit.identity.PasskeyAnswer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * How the passkey of its giver approved exactly one mandate: what the device signed is a challenge,
 * and the challenge is the hash of the mandate as it is written.
 *
 * @param passkey the passkey's id
 * @param key its public key, COSE, base64url
 * @param nonce 32 random bytes, base64url, so that nobody can have it signed before it is proposed
 */
public record MandateSignature(String passkey, String key, String nonce, PasskeyAnswer answer) {
    private static final byte[] DOMAIN = "remit/mandate/v1\0".getBytes(StandardCharsets.US_ASCII);
    private static final int NONCE = 32;

    /** What a passkey is to approve: {@code SHA-256(domain · nonce · canonical mandate)}. */
    public static Digest challenge(byte[] nonce, Mandate mandate) {
        if (nonce.length != NONCE) {
            throw new IllegalArgumentException("the nonce has " + NONCE + " bytes");
        }
        return Digest.of(DOMAIN, nonce, JsonWriter.canonical(MandateText.write(mandate)));
    }

    /**
     * Why this is not the approval of exactly this mandate, on a page of this origin; empty if it
     * is. Whose passkey it is, the ledger says.
     */
    public Optional<PasskeyAnswer.Fault> fault(Mandate mandate, String origin) {
        Digest challenge;
        try {
            challenge = challenge(Jws.decode(nonce), mandate);
        } catch (IllegalArgumentException e) {
            return Optional.of(PasskeyAnswer.Fault.UNREADABLE);
        }
        return answer.fault(key, challenge, origin);
    }

    public Value.Fields write() {
        return Value.object()
                .put("passkey", passkey)
                .put("key", key)
                .put("nonce", nonce)
                .put("authenticator_data", answer.data())
                .put("client_data", answer.client())
                .put("signature", answer.signature())
                .build();
    }

    /** Reads what {@link #write} wrote; anything else is an {@link IllegalArgumentException}. */
    public static MandateSignature read(Value.Fields text) {
        MandateText.only(
                text, "passkey", "key", "nonce", "authenticator_data", "client_data", "signature");
        return new MandateSignature(
                MandateText.string(text, "passkey"),
                MandateText.string(text, "key"),
                MandateText.string(text, "nonce"),
                new PasskeyAnswer(
                        MandateText.string(text, "authenticator_data"),
                        MandateText.string(text, "client_data"),
                        MandateText.string(text, "signature")));
    }
}
