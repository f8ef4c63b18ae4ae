package dev.remit.passport;

import dev.remit.call.Value;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentBook;
import dev.remit.identity.AgentId;
import dev.remit.identity.Jwk;
import dev.remit.identity.Jws;
import dev.remit.identity.Passport;
import dev.remit.identity.PassportBook;
import dev.remit.identity.PassportId;
import dev.remit.identity.SigningKeys;
import dev.remit.ledger.Event;
import dev.remit.ledger.Ledger;
import dev.remit.ledger.Receipt;
import dev.remit.registry.ActRefused;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Issues and revokes this gateway's own passports, and publishes which are revoked. */
public final class PassportOffice {
    /** The longest that a passport lives. */
    public static final Duration LONGEST = Duration.ofDays(366);

    private static final Duration LIST_TTL = Duration.ofMinutes(5);
    private static final Duration LIST_LIFE = Duration.ofHours(1);
    private static final int ATTEMPTS = 100;

    private final OwnIssuer issuer;
    private final SigningKeys keys;
    private final AgentBook agents;
    private final PassportBook passports;
    private final Ledger ledger;
    private final Supplier<String> secrets;
    private final InstantSource clock;

    /**
     * @param keys sign passports and status lists, and nothing else
     * @param secrets gives fresh words of at least 128 random bits
     */
    public PassportOffice(
            Issuers issuers,
            SigningKeys keys,
            AgentBook agents,
            PassportBook passports,
            Ledger ledger,
            Supplier<String> secrets,
            InstantSource clock) {
        this.issuer = issuers.own();
        this.keys = keys;
        this.agents = agents;
        this.passports = passports;
        this.ledger = ledger;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** A passport and its text, which is nowhere else. */
    public record Issued(Passport passport, String text) {}

    public Issued issue(AgentId agent, Jwk holder, Duration life, String by) {
        if (life.isNegative() || life.isZero() || life.compareTo(LONGEST) > 0) {
            throw new ActRefused("a passport lives at most " + LONGEST.toDays() + " days");
        }
        Agent known =
                agents.agent(agent).orElseThrow(() -> new ActRefused("there is no agent " + agent));
        Instant now = Instant.ofEpochSecond(clock.instant().getEpochSecond());
        Passport passport = written(known, holder, now, now.plus(life), by);
        return new Issued(passport, text(passport, known, holder));
    }

    private Passport written(Agent agent, Jwk holder, Instant now, Instant end, String by) {
        long number = passports.nextPassport();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Passport passport =
                    new Passport(
                            PassportId.of(number + attempt),
                            agent.id(),
                            holder.thumbprint(),
                            now,
                            end,
                            false);
            if (ledger.append(new Event.PassportIssued(passport, by), now) instanceof Receipt) {
                return passport;
            }
        }
        throw new ActRefused("many passports are being issued at once; try again");
    }

    private String text(Passport passport, Agent agent, Jwk holder) {
        Issuer.Place place = issuer.place(passport.id());
        Value.Fields open =
                Value.object()
                        .put("iss", issuer.name())
                        .put("sub", agent.id().text())
                        .put("vct", issuer.kind())
                        .put("iat", passport.issuedAt().getEpochSecond())
                        .put("exp", passport.expiresAt().getEpochSecond())
                        .put("cnf", Value.object().put("jwk", holder.members()).build())
                        .put(
                                "status",
                                Value.object()
                                        .put(
                                                "status_list",
                                                Value.object()
                                                        .put("idx", place.index())
                                                        .put("uri", place.list())
                                                        .build())
                                        .build())
                        .build();
        SigningKeys.Signer signer = keys.signer();
        return SdJwt.issue(
                header("dc+sd-jwt", signer),
                open,
                Map.of("name", Value.of(agent.name())),
                secrets,
                signer.privateKey());
    }

    private static Value.Fields header(String type, SigningKeys.Signer signer) {
        return Value.object()
                .put("typ", type)
                .put("kid", SigningKeys.kid(signer.publicKey()))
                .build();
    }

    /** Ends a passport and whoever was enrolled by it. */
    public void revoke(PassportId id, String by) {
        if (!(ledger.append(new Event.PassportRevoked(id, by), clock.instant())
                instanceof Receipt)) {
            throw new ActRefused("there is no passport " + id + ", or it is revoked already");
        }
    }

    /** A status list as a signed token (`statuslist+jwt`); empty if there is no such list. */
    public Optional<String> list(long number) {
        long from = number * OwnIssuer.PLACES;
        if (number < 0 || (number > 0 && from >= passports.nextPassport())) {
            return Optional.empty();
        }
        BitSet revoked = new BitSet(OwnIssuer.PLACES);
        passports
                .revokedPassports(from, from + OwnIssuer.PLACES)
                .forEach(id -> revoked.set((int) (id.number() - from)));
        Instant now = clock.instant();
        Value.Fields claims =
                Value.object()
                        .put("iss", issuer.name())
                        .put("sub", issuer.list(number))
                        .put("iat", now.getEpochSecond())
                        .put("exp", now.plus(LIST_LIFE).getEpochSecond())
                        .put("ttl", LIST_TTL.toSeconds())
                        .put("status_list", StatusList.write(OwnIssuer.PLACES, revoked))
                        .build();
        SigningKeys.Signer signer = keys.signer();
        return Optional.of(Jws.sign(header("statuslist+jwt", signer), claims, signer.privateKey()));
    }

    /** The DID document of this gateway as {@code did:web}. */
    public Value didDocument() {
        int scheme = issuer.name().indexOf("://") + 3;
        String did = "did:web:" + issuer.name().substring(scheme).replace(":", "%3A");
        List<Value> methods = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Jwk key : keys.good(LONGEST, clock.instant())) {
            names.add(did + "#" + SigningKeys.kid(key));
            methods.add(
                    Value.object()
                            .put("id", names.getLast())
                            .put("type", "JsonWebKey2020")
                            .put("controller", did)
                            .put("publicKeyJwk", jwk(key))
                            .build());
        }
        return Value.object()
                .put(
                        "@context",
                        Value.ofTexts(
                                List.of(
                                        "https://www.w3.org/ns/did/v1",
                                        "https://w3id.org/security/suites/jws-2020/v1")))
                .put("id", did)
                .put("verificationMethod", new Value.Items(methods))
                .put("assertionMethod", Value.ofTexts(names))
                .build();
    }

    /** What an issuer of SD-JWT VCs says of itself (draft-ietf-oauth-sd-jwt-vc, section 5). */
    public Value metadata() {
        return Value.object().put("issuer", issuer.name()).put("jwks", jwks()).build();
    }

    /** The keys of passports that are good, as a JWK Set. */
    public Value jwks() {
        List<Value> all =
                keys.good(LONGEST, clock.instant()).stream().map(key -> (Value) jwk(key)).toList();
        return Value.object().put("keys", new Value.Items(all)).build();
    }

    private static Value.Fields jwk(Jwk key) {
        return key.members()
                .with("kid", Value.of(SigningKeys.kid(key)))
                .with("use", Value.of("sig"));
    }
}
