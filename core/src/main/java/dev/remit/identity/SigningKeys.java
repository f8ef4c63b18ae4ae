package dev.remit.identity;

import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The gateway's own keys of one use: the one that signs now, and those that may have signed what is
 * still good. Everything that the gateway signed is checked here and nowhere else. Which keys there
 * are, the books say at every question, so that a new key is known wherever the books are.
 */
public final class SigningKeys {
    private final KeyUse use;
    private final KeyBook book;
    private final Privates privates;

    public SigningKeys(KeyUse use, KeyBook book, Privates privates) {
        this.use = use;
        this.book = book;
        this.privates = privates;
    }

    /** Where the private halves are. */
    public interface Privates {
        /** The private half of a key that signs now. */
        PrivateKey of(OwnKey key);
    }

    /** A key with which to sign now. */
    public record Signer(PrivateKey privateKey, Jwk publicKey) {}

    public Signer signer() {
        OwnKey newest =
                book.keys(use)
                        .newest()
                        .orElseThrow(() -> new IllegalStateException("no key for " + use.text()));
        return new Signer(privates.of(newest), newest.key());
    }

    /**
     * The one of these keys that made the signature. Its {@code kid} says which it can be; where it
     * names none that is good now, nothing is calculated.
     *
     * @param life how long what was signed is good at most: so long a replaced key is taken
     */
    public Optional<Jwk> maker(Jws jws, Duration life, Instant now) {
        Optional<String> named = jws.header().text("kid");
        return good(life, now).stream()
                .filter(key -> named.equals(Optional.of(kid(key))))
                .filter(jws::isSignedBy)
                .findFirst();
    }

    /** Whether what this key signed is still taken. */
    public boolean vouches(Jwk key, Duration life, Instant now) {
        return good(life, now).contains(key);
    }

    /** Every key that is taken now, for those who check for themselves. */
    public List<Jwk> good(Duration life, Instant now) {
        return book.keys(use).keys().stream()
                .filter(key -> key.vouches(life, now))
                .map(OwnKey::key)
                .toList();
    }

    /** What a header says of the key that signed it: its thumbprint (RFC 7638). */
    public static String kid(Jwk key) {
        return key.thumbprint().base64Url();
    }
}
