package dev.remit.passport;

import dev.remit.call.Digest;
import dev.remit.call.Value;
import dev.remit.identity.DpopSigner;
import dev.remit.identity.Jwk;
import dev.remit.identity.Jws;
import dev.remit.identity.KeyUse;
import dev.remit.identity.MemoryReplayGuard;
import dev.remit.ledger.Event;
import dev.remit.ledger.Ledger;
import dev.remit.mandate.Glob;
import dev.remit.testkit.MemoryStore;
import dev.remit.testkit.OneKey;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A gateway's desk for passports, a trusted issuer abroad, and an agent with that one's passport.
 */
final class Abroad {
    static final String GATEWAY = "https://gateway.example";
    static final String ISSUER = "https://issuer.example";
    static final String LIST = ISSUER + "/lists/1";
    static final long MOST = 3;

    Instant now = Instant.parse("2026-11-22T09:00:00Z");
    final MemoryStore store = new MemoryStore();
    final Ledger ledger = new Ledger(store, () -> new byte[16]);
    final KeyPair passportKeys = keys();
    final KeyPair issuerKeys = keys();
    final KeyPair otherIssuerKeys = keys();
    final KeyPair agentKeys = keys();
    final Map<String, byte[]> web = new HashMap<>();
    final AtomicInteger fetches = new AtomicInteger();
    final BitSet revoked = new BitSet();
    final Issuers issuers;
    final Admissions admissions;
    final AdmittedAgents agents;
    final StatusKeeper keeper;
    final PassportOffice office;
    private int names;

    Abroad() {
        this(Optional.empty());
    }

    Abroad(Optional<KeySource> source) {
        KeySource keys =
                source.orElse(new KeySource.Given(List.of(Jwk.of(issuerKeys.getPublic()))));
        List<TrustedIssuer> trusted =
                List.of(
                        terms(ISSUER, keys),
                        terms(
                                "https://other.example",
                                new KeySource.Given(List.of(Jwk.of(otherIssuerKeys.getPublic())))));
        issuers =
                new Issuers(
                        GATEWAY,
                        OneKey.of(KeyUse.PASSPORTS, passportKeys),
                        trusted,
                        this::get,
                        store,
                        ledger);
        admissions =
                new Admissions(
                        issuers,
                        store,
                        ledger,
                        new MemoryReplayGuard(1_000_000),
                        now.minusSeconds(3_600),
                        () -> now);
        agents = new AdmittedAgents(store, store, issuers, () -> now);
        keeper = new StatusKeeper(issuers, store, store, ledger);
        office =
                new PassportOffice(
                        issuers,
                        OneKey.of(KeyUse.PASSPORTS, passportKeys),
                        store,
                        store,
                        ledger,
                        this::fresh,
                        () -> now);
        publish(issuerKeys, 300);
    }

    private static TrustedIssuer terms(String name, KeySource keys) {
        return new TrustedIssuer(
                name, TrustedIssuer.KIND, keys, List.of(new Glob("worker*")), MOST);
    }

    private Optional<byte[]> get(URI url, String... types) {
        fetches.incrementAndGet();
        return Optional.ofNullable(web.get(url.toString()));
    }

    String fresh() {
        return "nonce-" + names++;
    }

    /** Publishes the list as it is now. */
    void publish(KeyPair signer, long ttl) {
        publish(signer, listClaims(ttl));
    }

    void publish(KeyPair signer, Value.Fields claims) {
        Value.Fields header = Value.object().put("typ", "statuslist+jwt").build();
        web.put(
                LIST,
                Jws.sign(header, claims, signer.getPrivate()).getBytes(StandardCharsets.US_ASCII));
    }

    Value.Fields listClaims(long ttl) {
        return Value.object()
                .put("sub", LIST)
                .put("iat", now.getEpochSecond())
                .put("ttl", ttl)
                .put("status_list", StatusList.write(1_024, revoked))
                .build();
    }

    Value.Fields header() {
        return Value.object().put("typ", "dc+sd-jwt").build();
    }

    /** What the issuer says of the agent, as it should be. */
    Value.Fields claims() {
        return claims(ISSUER, "worker-1", agentKeys, 7);
    }

    Value.Fields claims(String issuer, String subject, KeyPair holder, long index) {
        return Value.object()
                .put("iss", issuer)
                .put("sub", subject)
                .put("vct", TrustedIssuer.KIND)
                .put("iat", now.getEpochSecond())
                .put("exp", now.plus(Duration.ofDays(30)).getEpochSecond())
                .put("cnf", Value.object().put("jwk", Jwk.of(holder.getPublic()).members()).build())
                .put(
                        "status",
                        Value.object()
                                .put(
                                        "status_list",
                                        Value.object().put("idx", index).put("uri", LIST).build())
                                .build())
                .build();
    }

    String issue(Value.Fields claims) {
        return SdJwt.issue(
                header(),
                claims,
                Map.of("name", Value.of("Worker")),
                this::fresh,
                issuerKeys.getPrivate());
    }

    String show(String passport) {
        return new DpopSigner(agentKeys).presentation(passport, GATEWAY, fresh(), now);
    }

    Jwk agentKey() {
        return Jwk.of(agentKeys.getPublic());
    }

    <E extends Event> List<E> written(Class<E> kind) {
        return store.entries().stream()
                .map(entry -> entry.event())
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    static String hash(String text) {
        return Digest.of(text.getBytes(StandardCharsets.US_ASCII)).base64Url();
    }

    static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
