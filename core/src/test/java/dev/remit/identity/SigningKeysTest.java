package dev.remit.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a key that was replaced is still good for, and what none is. */
final class SigningKeysTest {
    private static final Instant AT = Instant.parse("2026-11-22T09:30:00Z");
    private static final Duration LIFE = Duration.ofMinutes(5);

    private final Map<Jwk, PrivateKey> privates = new HashMap<>();
    private KeyPage page = KeyPage.empty(KeyUse.TOKENS);
    private final SigningKeys keys =
            new SigningKeys(
                    KeyUse.TOKENS,
                    _ -> page,
                    key -> Objects.requireNonNull(privates.get(key.key())));

    private Jwk next(Instant at, boolean refuseOlder) throws GeneralSecurityException {
        KeyPair fresh = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Jwk key = Jwk.of(fresh.getPublic());
        privates.put(key, fresh.getPrivate());
        page = page.with(key, at, page.keys().size(), refuseOlder);
        return key;
    }

    private Jws signed() {
        return signed(Optional.of(SigningKeys.kid(keys.signer().publicKey())));
    }

    private Jws signed(Optional<String> kid) {
        Value.Fields header = Value.object().putIf("kid", kid.map(Value::of)).build();
        PrivateKey key = keys.signer().privateKey();
        return Jws.read(Jws.sign(header, Value.Fields.EMPTY, key)).orElseThrow();
    }

    @Test
    void aReplacedKeyIsTakenUntilTheLastOfWhatItSignedIsDead() throws Exception {
        Jwk first = next(AT, false);
        Jws old = signed();
        Instant replaced = AT.plus(Duration.ofDays(3));
        Jwk second = next(replaced, false);
        Instant last = replaced.plus(LIFE).minusMillis(1);

        assertThat(keys.signer().publicKey()).isEqualTo(second);
        assertThat(keys.maker(signed(), LIFE, last)).contains(second);
        assertThat(keys.maker(old, LIFE, last)).contains(first);
        assertThat(keys.good(LIFE, last)).containsExactly(first, second);

        Instant dead = replaced.plus(LIFE);
        assertThat(keys.maker(old, LIFE, dead)).isEmpty();
        assertThat(keys.vouches(first, LIFE, dead)).isFalse();
        assertThat(keys.good(LIFE, dead)).containsExactly(second);
        assertThat(keys.maker(old, Duration.ofDays(30), dead)).contains(first);
    }

    @Test
    void aKeyThatIsRefusedIsRefusedAtOnceAndStaysSo() throws Exception {
        next(AT, false);
        Jws old = signed();
        Jwk second = next(AT.plusSeconds(9), true);
        next(AT.plusSeconds(10), false);

        assertThat(keys.maker(old, Duration.ofDays(30), AT.plusSeconds(10))).isEmpty();
        assertThat(keys.good(LIFE, AT.plusSeconds(10))).hasSize(2).contains(second);
    }

    @Test
    void theKeyThatIsNamedMadeItOrNobodyDid() throws Exception {
        Jwk first = next(AT, false);
        Jwk second = next(AT, false);

        assertThat(keys.maker(signed(), LIFE, AT)).contains(second);
        assertThat(keys.maker(signed(Optional.empty()), LIFE, AT)).isEmpty();
        assertThat(keys.maker(signed(Optional.of("x")), LIFE, AT)).isEmpty();
        assertThat(keys.maker(signed(Optional.of(SigningKeys.kid(first))), LIFE, AT)).isEmpty();
    }
}
