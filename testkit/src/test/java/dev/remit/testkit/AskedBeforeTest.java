package dev.remit.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.identity.AccessToken;
import dev.remit.identity.AgentId;
import dev.remit.identity.Authenticator;
import dev.remit.identity.Instance;
import dev.remit.identity.InstanceId;
import dev.remit.identity.Jwk;
import dev.remit.identity.KeyPage;
import dev.remit.identity.KeyUse;
import dev.remit.identity.MemoryReplayGuard;
import dev.remit.identity.Nonces;
import dev.remit.identity.Proofs;
import dev.remit.identity.SigningKeys;
import dev.remit.identity.Unbound;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** That a token was good when it was last asked about says nothing of now. */
final class AskedBeforeTest {
    private static final String ISSUER = "http://127.0.0.1:1";
    private static final Instant AT = Instant.parse("2026-11-22T09:30:00Z");

    private final KeyPair own = fresh();
    private final Instance instance =
            Instance.enrolled(
                    new InstanceId("ins_1"),
                    new AgentId("agt_1"),
                    Jwk.of(fresh().getPublic()),
                    AT.minusSeconds(60));
    private final MemoryStore store = new MemoryStore();
    private KeyPage page =
            KeyPage.empty(KeyUse.TOKENS).with(Jwk.of(own.getPublic()), Instant.EPOCH, 0, false);
    private final SigningKeys keys =
            new SigningKeys(KeyUse.TOKENS, _ -> page, _ -> own.getPrivate());
    private final Authenticator authenticator =
            new Authenticator(
                    ISSUER,
                    keys,
                    new Proofs(
                            Set.of(ISSUER),
                            new MemoryReplayGuard(10),
                            new Nonces(new byte[32], Nonces.Demand.WHEN_NEEDED)),
                    store,
                    Unbound.REFUSED);
    private final String token = token();

    AskedBeforeTest() {
        store.put(instance);
        assertThat(isGood(AT)).isTrue();
        assertThat(isGood(AT)).isTrue();
    }

    @Test
    void itEnds() {
        assertThat(isGood(AT.plusSeconds(299))).isTrue();
        assertThat(isGood(AT.plusSeconds(300))).isFalse();
    }

    @Test
    void itsInstanceIsRevoked() {
        store.put(instance.asRevoked());
        assertThat(isGood(AT)).isFalse();
    }

    @Test
    void theTokensOfItsInstanceAreRevoked() {
        store.put(instance.withTokensFrom(AT.plusSeconds(1)));
        assertThat(isGood(AT.plusSeconds(1))).isFalse();
    }

    @Test
    void itsKeyIsReplacedAndThenRefused() {
        page = page.with(Jwk.of(fresh().getPublic()), AT, 1, false);
        assertThat(isGood(AT.plusSeconds(1))).isTrue();
        page = page.with(Jwk.of(fresh().getPublic()), AT, 2, true);
        assertThat(isGood(AT.plusSeconds(1))).isFalse();
    }

    private boolean isGood(Instant now) {
        return authenticator.good(token, now).isPresent();
    }

    private String token() {
        return AccessToken.ofAgent(
                        ISSUER,
                        instance.agent(),
                        instance.id(),
                        Optional.empty(),
                        instance.key().orElseThrow().thumbprint(),
                        "tok_1",
                        AT,
                        AT.plus(AccessToken.LONGEST))
                .sign(keys.signer());
    }

    private static KeyPair fresh() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
