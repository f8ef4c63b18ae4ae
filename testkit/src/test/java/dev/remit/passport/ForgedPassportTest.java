package dev.remit.passport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.identity.Doubt;
import dev.remit.identity.DpopSigner;
import dev.remit.identity.Jws;
import dev.remit.ledger.Event;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each way in which a shown passport is not what it should be, and its twin that is. */
final class ForgedPassportTest {
    private final Map<String, Forgery> forgeries = new LinkedHashMap<>();

    private record Forgery(Function<Abroad, String> shown, Doubt doubt) {}

    @TestFactory
    Stream<DynamicTest> eachIsRefusedAndItsTwinIsNot() {
        openly();
        disclosed();
        bound();
        listed();
        return forgeries.entrySet().stream()
                .map(one -> DynamicTest.dynamicTest(one.getKey(), () -> check(one.getValue())));
    }

    private static void check(Forgery forgery) {
        Abroad abroad = new Abroad();
        Enrolment.Answer answer =
                abroad.admissions.admit(forgery.shown().apply(abroad), abroad.agentKey());
        assertThat(answer).isEqualTo(new Enrolment.Answer.Refused(forgery.doubt()));
        assertThat(abroad.written(Event.InstanceAdmitted.class)).isEmpty();
        assertThat(abroad.written(Event.AgentIntroduced.class)).isEmpty();
        Abroad twin = new Abroad();
        assertThat(twin.admissions.admit(twin.show(twin.issue(twin.claims())), twin.agentKey()))
                .isInstanceOf(Enrolment.Answer.Enrolled.class);
    }

    private void add(String name, Doubt doubt, Function<Abroad, String> shown) {
        forgeries.put(name, new Forgery(shown, doubt));
    }

    private void claim(String name, Doubt doubt, BiFunction<Abroad, Value.Fields, Value.Fields> f) {
        add(name, doubt, abroad -> abroad.show(abroad.issue(f.apply(abroad, abroad.claims()))));
    }

    private void openly() {
        claim(
                "CLOCK expired",
                Doubt.PASSPORT_EXPIRED,
                (at, claims) -> claims.with("exp", Value.of(at.now.getEpochSecond())));
        claim("CLOCK without an end", Doubt.PASSPORT_EXPIRED, (_, claims) -> claims.without("exp"));
        claim(
                "CLOCK not yet valid",
                Doubt.PASSPORT_EXPIRED,
                (at, claims) -> claims.with("nbf", Value.of(at.now.getEpochSecond() + 61)));
        claim(
                "CLOCK issued in the future",
                Doubt.PASSPORT_EXPIRED,
                (at, claims) -> claims.with("iat", Value.of(at.now.getEpochSecond() + 61)));
        claim(
                "VC-004 an issuer nobody trusts",
                Doubt.PASSPORT_ISSUER,
                (_, claims) -> claims.with("iss", Value.of("https://evil.example")));
        claim(
                "VC-004 issuer key confusion: one trusted issuer signs as another",
                Doubt.PASSPORT_SIGNATURE,
                (_, claims) -> claims.with("iss", Value.of("https://other.example")));
        claim(
                "VC-004 a trusted issuer signs as this gateway",
                Doubt.PASSPORT_SIGNATURE,
                (_, claims) -> claims.with("iss", Value.of(Abroad.GATEWAY)));
        claim(
                "VC-004 a subject that may not come",
                Doubt.PASSPORT_ISSUER,
                (_, claims) -> claims.with("sub", Value.of("boss")));
        claim(
                "TOK another credential type",
                Doubt.PASSPORT_PURPOSE,
                (_, claims) -> claims.with("vct", Value.of("urn:example:diploma")));
        claim(
                "VC-006 another agent's passport",
                Doubt.PASSPORT_KEY,
                (at, _) -> at.claims(Abroad.ISSUER, "worker-1", Abroad.keys(), 7));
        claim("VC-006 bound to no key", Doubt.PASSPORT_KEY, (_, claims) -> claims.without("cnf"));
        for (String alg : List.of("none", "None", "HS256", "RS256", "ES256")) {
            add(
                    "TOK-001 TOK-002 alg " + alg,
                    Doubt.PASSPORT_SIGNATURE,
                    abroad -> abroad.show(withAlgorithm(abroad.issue(abroad.claims()), alg)));
        }
        add(
                "TOK a status list shown as a passport",
                Doubt.PASSPORT_PURPOSE,
                abroad ->
                        abroad.show(
                                Jws.sign(
                                                Value.object().put("typ", "statuslist+jwt").build(),
                                                abroad.claims(),
                                                abroad.issuerKeys.getPrivate())
                                        + "~"));
        add(
                "VC-004 the attacker's own key in the header",
                Doubt.PASSPORT_SIGNATURE,
                abroad ->
                        abroad.show(
                                SdJwt.issue(
                                        abroad.header().with("jwk", abroad.agentKey().members()),
                                        abroad.claims(),
                                        Map.of(),
                                        abroad::fresh,
                                        abroad.agentKeys.getPrivate())));
        add(
                "LIMIT longer than is read",
                Doubt.PASSPORT_MALFORMED,
                abroad -> abroad.issue(abroad.claims()) + "A".repeat(SdJwt.LONGEST) + "~");
        add(
                "LIMIT more disclosures than are read",
                Doubt.PASSPORT_MALFORMED,
                abroad -> abroad.show(abroad.issue(abroad.claims()) + "WyJhIiwiYiJd~".repeat(65)));
        add(
                "VC-007 a context to fetch is only a claim",
                Doubt.PASSPORT_PURPOSE,
                abroad ->
                        abroad.show(
                                abroad.issue(
                                        abroad.claims()
                                                .without("vct")
                                                .with(
                                                        "@context",
                                                        Value.of(
                                                                "https://evil.example/context")))));
    }

    private void disclosed() {
        add(
                "VC-001 a disclosure that nothing refers to",
                Doubt.PASSPORT_MALFORMED,
                abroad ->
                        abroad.show(
                                abroad.issue(abroad.claims()) + disclosure("role", "admin") + "~"));
        add(
                "VC-001 a disclosure twice",
                Doubt.PASSPORT_MALFORMED,
                abroad -> {
                    String passport = abroad.issue(abroad.claims());
                    String last = passport.substring(passport.indexOf('~') + 1);
                    return abroad.show(passport + last);
                });
        add(
                "VC-001 a disclosure changed",
                Doubt.PASSPORT_MALFORMED,
                abroad -> {
                    String passport = abroad.issue(abroad.claims());
                    return abroad.show(
                            passport.substring(0, passport.indexOf('~') + 1)
                                    + disclosure("name", "Boss")
                                    + "~");
                });
        add(
                "VC-001 a digest twice",
                Doubt.PASSPORT_MALFORMED,
                abroad -> {
                    String one = disclosure("name", "Worker");
                    return abroad.show(
                            signed(
                                            abroad,
                                            Value.ofTexts(
                                                    List.of(
                                                            Disclosures.digest(one),
                                                            Disclosures.digest(one))))
                                    + one
                                    + "~");
                });
        for (String name : List.of("iss", "vct", "exp", "cnf", "status", "_sd", "...", "sub")) {
            add(
                    "VC-001 a disclosure that puts itself in the place of " + name,
                    Doubt.PASSPORT_MALFORMED,
                    abroad -> {
                        String one = disclosure(name, "x");
                        return abroad.show(
                                signed(abroad, Value.ofTexts(List.of(Disclosures.digest(one))))
                                        + one
                                        + "~");
                    });
        }
        add(
                "VC-001 a hash that is not SHA-256",
                Doubt.PASSPORT_MALFORMED,
                abroad ->
                        abroad.show(
                                Jws.sign(
                                                abroad.header(),
                                                abroad.claims().with("_sd_alg", Value.of("md5")),
                                                abroad.issuerKeys.getPrivate())
                                        + "~"));
    }

    private void bound() {
        add(
                "VC-002 without key binding",
                Doubt.PASSPORT_BINDING,
                abroad -> abroad.issue(abroad.claims()));
        add(
                "VC-002 bound by another key",
                Doubt.PASSPORT_BINDING,
                abroad ->
                        new DpopSigner(Abroad.keys())
                                .presentation(
                                        abroad.issue(abroad.claims()),
                                        Abroad.GATEWAY,
                                        "n",
                                        abroad.now));
        add(
                "VC-002 shown to another gateway",
                Doubt.PASSPORT_BINDING,
                abroad ->
                        new DpopSigner(abroad.agentKeys)
                                .presentation(
                                        abroad.issue(abroad.claims()),
                                        "https://elsewhere.example",
                                        "n",
                                        abroad.now));
        add(
                "VC-002 CLOCK shown too long ago",
                Doubt.PASSPORT_BINDING,
                abroad ->
                        new DpopSigner(abroad.agentKeys)
                                .presentation(
                                        abroad.issue(abroad.claims()),
                                        Abroad.GATEWAY,
                                        "n",
                                        abroad.now.minusSeconds(61)));
        add(
                "VC-002 CLOCK shown in the future",
                Doubt.PASSPORT_BINDING,
                abroad ->
                        new DpopSigner(abroad.agentKeys)
                                .presentation(
                                        abroad.issue(abroad.claims()),
                                        Abroad.GATEWAY,
                                        "n",
                                        abroad.now.plusSeconds(61)));
        add(
                "VC-002 without a nonce",
                Doubt.PASSPORT_BINDING,
                abroad ->
                        new DpopSigner(abroad.agentKeys)
                                .presentation(
                                        abroad.issue(abroad.claims()),
                                        Abroad.GATEWAY,
                                        "",
                                        abroad.now));
        add(
                "VC-002 the binding of another passport",
                Doubt.PASSPORT_BINDING,
                abroad -> {
                    String other = abroad.show(abroad.issue(abroad.claims()));
                    return abroad.issue(abroad.claims())
                            + other.substring(other.lastIndexOf('~') + 1);
                });
        add(
                "VC-002 a disclosure kept back after binding",
                Doubt.PASSPORT_BINDING,
                abroad -> {
                    String shown = abroad.show(abroad.issue(abroad.claims()));
                    return shown.substring(0, shown.indexOf('~'))
                            + shown.substring(shown.lastIndexOf('~'));
                });
        add(
                "VC-002 a proof of another kind as binding",
                Doubt.PASSPORT_BINDING,
                abroad -> {
                    String passport = abroad.issue(abroad.claims());
                    Value.Fields claims =
                            Value.object()
                                    .put("aud", Abroad.GATEWAY)
                                    .put("nonce", "n")
                                    .put("iat", abroad.now.getEpochSecond())
                                    .put("sd_hash", Abroad.hash(passport))
                                    .build();
                    return passport
                            + Jws.sign(
                                    Value.object().put("typ", "dpop+jwt").build(),
                                    claims,
                                    abroad.agentKeys.getPrivate());
                });
    }

    private void listed() {
        add(
                "VC-003 revoked",
                Doubt.PASSPORT_REVOKED,
                abroad -> {
                    abroad.revoked.set(7);
                    abroad.publish(abroad.issuerKeys, 300);
                    return abroad.show(abroad.issue(abroad.claims()));
                });
        claim(
                "VC-003 a place outside the list",
                Doubt.PASSPORT_REVOKED,
                (at, _) -> at.claims(Abroad.ISSUER, "worker-1", at.agentKeys, 1_024));
        claim(
                "VC-003 a negative place",
                Doubt.PASSPORT_STATUS,
                (at, _) -> at.claims(Abroad.ISSUER, "worker-1", at.agentKeys, -1));
        claim("VC-003 on no list", Doubt.PASSPORT_STATUS, (_, claims) -> claims.without("status"));
        add(
                "VC-003 the list of another issuer",
                Doubt.PASSPORT_STATUS,
                abroad -> {
                    abroad.publish(abroad.otherIssuerKeys, 300);
                    return abroad.show(abroad.issue(abroad.claims()));
                });
        add(
                "VC-003 the list cannot be fetched",
                Doubt.PASSPORT_STATUS,
                abroad -> {
                    abroad.web.clear();
                    return abroad.show(abroad.issue(abroad.claims()));
                });
        listClaim(
                "VC-003 the list has expired",
                (at, claims) -> claims.with("exp", Value.of(at.now.getEpochSecond())));
        listClaim(
                "VC-003 another list at this address",
                (_, claims) -> claims.with("sub", Value.of(Abroad.ISSUER + "/lists/2")));
        listClaim(
                "VC-003 a list that names another issuer",
                (_, claims) -> claims.with("iss", Value.of("https://other.example")));
        listClaim("VC-003 a list of no time", (_, claims) -> claims.without("iat"));
        listClaim(
                "VC-003 a list with three bits",
                (_, claims) ->
                        claims.with(
                                "status_list",
                                StatusList.write(8, new java.util.BitSet())
                                        .with("bits", Value.of(3))));
        listClaim(
                "VC-003 a gzip bomb",
                (_, claims) ->
                        claims.with(
                                "status_list",
                                StatusList.write(
                                        8 * (StatusList.LONGEST + 1), new java.util.BitSet())));
    }

    private void listClaim(String name, BiFunction<Abroad, Value.Fields, Value.Fields> change) {
        add(
                name,
                Doubt.PASSPORT_STATUS,
                abroad -> {
                    abroad.publish(abroad.issuerKeys, change.apply(abroad, abroad.listClaims(300)));
                    return abroad.show(abroad.issue(abroad.claims()));
                });
    }

    private static String signed(Abroad abroad, Value digests) {
        return Jws.sign(
                        abroad.header(),
                        abroad.claims().with("_sd", digests),
                        abroad.issuerKeys.getPrivate())
                + "~";
    }

    private static String disclosure(String name, String value) {
        return Jws.encode(
                new Value.Items(
                                List.of(
                                        Value.of("c2FsdHNhbHRzYWx0c2FsdA"),
                                        Value.of(name),
                                        Value.of(value)))
                        .json()
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static String withAlgorithm(String passport, String alg) {
        String header = "{\"alg\":\"" + alg + "\",\"typ\":\"dc+sd-jwt\"}";
        return Jws.encode(header.getBytes(StandardCharsets.UTF_8))
                + passport.substring(passport.indexOf('.'));
    }
}
