package dev.remit.passport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.JsonWriter;
import dev.remit.call.Value;
import dev.remit.identity.Jwk;
import dev.remit.identity.Jws;
import dev.remit.testkit.AttackCase;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An issuer's keys: which are taken, and what happens when they change or misbehave. */
final class KeyRingTest {
    private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");
    private static final Value.Fields CLAIMS = Value.object().put("sub", "x").build();

    private final AtomicInteger fetches = new AtomicInteger();
    private volatile Optional<byte[]> document = Optional.empty();

    private final KeyRing ring =
            new KeyRing(
                    new KeySource.AtUrl(URI.create("https://issuer.example/keys")),
                    (_, _) -> {
                        fetches.incrementAndGet();
                        return document;
                    });

    private static KeyPair keys(String kind, int size) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
            if (size > 0) {
                generator.initialize(size);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Jws signed(KeyPair keys) {
        return Jws.read(Jws.sign(Value.object().put("kid", "a").build(), CLAIMS, keys.getPrivate()))
                .orElseThrow();
    }

    private static Jws signedBy(KeyPair rsa, String alg) throws GeneralSecurityException {
        String text =
                Jws.encode(JsonWriter.plain(Value.object().put("alg", alg).build()))
                        + "."
                        + Jws.encode(JsonWriter.plain(CLAIMS));
        Signature signer = Signature.getInstance("SHA256withRSA");
        signer.initSign(rsa.getPrivate());
        signer.update(text.getBytes(StandardCharsets.US_ASCII));
        return Jws.read(text + "." + Jws.encode(signer.sign())).orElseThrow();
    }

    private static Value.Fields jwk(KeyPair keys) {
        return keys.getPublic() instanceof RSAPublicKey key
                ? Value.object()
                        .put("kty", "RSA")
                        .put("n", number(key.getModulus()))
                        .put("e", number(key.getPublicExponent()))
                        .build()
                : Jwk.of(keys.getPublic()).members();
    }

    private static String number(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return Jws.encode(Arrays.copyOfRange(bytes, bytes[0] == 0 ? 1 : 0, bytes.length));
    }

    private void publish(Value... keys) {
        document =
                Optional.of(
                        JsonWriter.plain(
                                Value.object()
                                        .put("keys", new Value.Items(List.of(keys)))
                                        .build()));
    }

    @Test
    @AttackCase("TOK-015")
    void weakKeysAreNone() throws GeneralSecurityException {
        KeyPair weak = keys("RSA", 1_024);
        KeyPair strong = keys("RSA", 2_048);
        publish(jwk(weak), jwk(strong));
        assertThat(ring.made(signedBy(weak, "RS256"), NOW)).isFalse();
        assertThat(ring.made(signedBy(strong, "RS256"), NOW)).isTrue();
        assertThat(ring.made(signedBy(strong, "PS256"), NOW)).as("not made so").isFalse();
        assertThat(ring.made(signedBy(strong, "ES256"), NOW)).isFalse();
        for (String curve : List.of("P-192", "secp256k1", "P-256K")) {
            assertThat(IssuerKey.of(jwk(keys("EC", 256)).with("crv", Value.of(curve)))).isEmpty();
        }
        assertThat(IssuerKey.of(jwk(strong).with("e", Value.of("AQ")))).as("e = 1").isEmpty();
        assertThat(IssuerKey.of(jwk(strong).with("d", Value.of("AQ")))).isEmpty();
        assertThat(IssuerKey.of(jwk(strong).with("use", Value.of("enc")))).isEmpty();
        assertThat(IssuerKey.of(jwk(strong).with("alg", Value.of("HS256")))).isEmpty();
    }

    @Test
    @AttackCase({"TOK-017", "KEYS-010"})
    void oneIdForTwoKeysAndKindsThatAreUnknown() {
        KeyPair good = keys("EC", 256);
        KeyPair twin = keys("Ed25519", 0);
        publish(
                Value.object().put("kty", "AKP").put("alg", "ML-DSA-65").put("pub", "AA").build(),
                Value.object().put("kty", "oct").put("k", "AAAA").put("kid", "a").build(),
                jwk(good).with("kid", Value.of("a")),
                jwk(twin).with("kid", Value.of("a")).with("alg", Value.of("ES256")));
        assertThat(ring.made(signed(good), NOW)).isTrue();
        assertThat(ring.made(signed(twin), NOW)).as("it is not of its algorithm").isFalse();
    }

    @Test
    @AttackCase("TOK-029")
    void aFloodOfUnknownKeysFetchesOnce() {
        KeyPair good = keys("Ed25519", 0);
        KeyPair unknown = keys("Ed25519", 0);
        publish(jwk(good));
        assertThat(ring.made(signed(good), NOW)).isTrue();
        Jws flood = signed(unknown);
        for (int i = 0; i < 10_000; i++) {
            assertThat(ring.made(flood, NOW.plusSeconds(1))).isFalse();
        }
        assertThat(fetches).as("none within a minute of the first").hasValue(1);
        assertThat(ring.made(flood, NOW.plus(KeyRing.PAUSE))).isFalse();
        assertThat(ring.made(flood, NOW.plus(KeyRing.PAUSE).plusSeconds(30))).isFalse();
        assertThat(fetches).hasValue(2);
        assertThat(ring.made(signed(good), NOW.plusSeconds(90))).isTrue();
    }

    @Test
    @AttackCase("TOK-029")
    void whoIsKnownDoesNotWaitForAFetch() throws Exception {
        KeyPair good = keys("Ed25519", 0);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        publish(jwk(good));
        KeyRing slow =
                new KeyRing(
                        new KeySource.AtUrl(URI.create("https://issuer.example/keys")),
                        (_, _) -> {
                            if (fetches.incrementAndGet() > 1) {
                                asked.countDown();
                                await(answer);
                            }
                            return document;
                        });
        assertThat(slow.made(signed(good), NOW)).isTrue();
        Instant later = NOW.plus(KeyRing.PAUSE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> unknown =
                    threads.submit(() -> slow.made(signed(keys("Ed25519", 0)), later));
            asked.await();
            Future<Boolean> known = threads.submit(() -> slow.made(signed(good), later));
            assertThat(known.get(5, TimeUnit.SECONDS)).isTrue();
            answer.countDown();
            assertThat(unknown.get(5, TimeUnit.SECONDS)).isFalse();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    @AttackCase("TOK-028")
    void keysChangeUnderLoadAndNobodyIsTurnedAway() throws Exception {
        KeyPair old = keys("Ed25519", 0);
        KeyPair fresh = keys("Ed25519", 0);
        publish(jwk(old));
        assertThat(ring.made(signed(old), NOW)).isTrue();
        Instant change = NOW.plus(KeyRing.PAUSE);
        publish(jwk(old), jwk(fresh));
        Jws byOld = signed(old);
        Jws byFresh = signed(fresh);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                Jws one = i % 2 == 0 ? byOld : byFresh;
                all.add(threads.submit(() -> ring.made(one, change)));
            }
            for (Future<Boolean> one : all) {
                assertThat(one.get()).isTrue();
            }
        }
        assertThat(fetches).hasValue(2);
        publish(jwk(fresh));
        Instant stale = change.plus(KeyRing.LIFE);
        assertThat(ring.made(byOld, stale)).as("what was taken out is gone then").isFalse();
        assertThat(ring.made(byFresh, stale)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>no</html>",
                "{\"keys\":[]}",
                "{\"keys\":{}}",
                "[]",
                "{\"keys\":[],\"keys\":[]}",
                ""
            })
    @AttackCase("TOK-030")
    void aSetThatMisbehavesChangesNothingUntilTheLastGoodOneIsTooOld(String body) {
        KeyPair good = keys("Ed25519", 0);
        publish(jwk(good));
        Jws byGood = signed(good);
        Jws unknown = signed(keys("Ed25519", 0));
        assertThat(ring.made(byGood, NOW)).isTrue();
        document =
                body.isEmpty()
                        ? Optional.empty()
                        : Optional.of(body.getBytes(StandardCharsets.UTF_8));
        assertThat(ring.made(unknown, NOW.plus(KeyRing.PAUSE))).isFalse();
        assertThat(ring.made(byGood, NOW.plus(KeyRing.LIFE).minusSeconds(1))).isTrue();
        assertThat(ring.made(byGood, NOW.plus(KeyRing.LIFE))).as("closed then").isFalse();
        publish(jwk(good));
        assertThat(ring.made(byGood, NOW.plus(KeyRing.LIFE).plus(KeyRing.RETRY)))
                .as("and heals")
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "repo:org/x|true", "repo:org-evil/x|false", "repo:org/../x|false",
                "repo:org/|false", "repo:org//x|false", "repo:org/x/y|false",
                "repo:org/x:ref|false", "repo:org|false", "repo:org/x\n|false",
                "repo:org/*|false", "Repo:org/x|false", "|false"
            })
    @AttackCase("XCHG-018")
    void subjectsAreMatchedByWholeSegments(String row) {
        String[] parts = row.split("\\|", -1);
        assertThat(new SegmentPattern("repo:org/*").matches(parts[0]))
                .isEqualTo(Boolean.parseBoolean(parts[1]));
        boolean deeper = List.of("repo:org/x", "repo:org/x/y", "repo:org/x:ref").contains(parts[0]);
        assertThat(new SegmentPattern("repo:org/**").matches(parts[0])).isEqualTo(deeper);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "repo:org/x*", "repo:*x/y", "**/x", "a/***", "a b", "a/../b", "%2e/*"})
    void patternsThatAreNotPlainAreRefused(String pattern) {
        assertThat(
                        org.assertj.core.api.Assertions.catchThrowable(
                                () -> new SegmentPattern(pattern)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
