package dev.remit.passport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentId;
import dev.remit.identity.Doubt;
import dev.remit.identity.DpopSigner;
import dev.remit.identity.Instance;
import dev.remit.identity.InstanceQuery;
import dev.remit.identity.Jwk;
import dev.remit.identity.Jws;
import dev.remit.identity.KeyUse;
import dev.remit.identity.PassportId;
import dev.remit.ledger.Event;
import dev.remit.testkit.OneKey;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** From a shown passport to an enrolled instance, and to its end. */
final class AdmissionTest {

    @Test
    void anAgentIsMadeOnFirstSightAndEnrolledWithItsKey() {
        Abroad abroad = new Abroad();
        Instance instance = enrolled(abroad, abroad.show(abroad.issue(abroad.claims())));
        assertThat(instance.key()).contains(abroad.agentKey());
        assertThat(abroad.store.agent(instance.agent()).map(Agent::name))
                .contains("p.worker-1@issuer.example");
        assertThat(abroad.agents.instance(instance.id()).orElseThrow().revoked()).isFalse();
        assertThat(abroad.written(Event.AgentIntroduced.class)).hasSize(1);
        assertThat(abroad.written(Event.InstanceAdmitted.class)).hasSize(1);
    }

    @Test
    @DisplayName("VC-005 the same presentation is taken once; a fresh one is the same instance")
    void shownTwice() {
        Abroad abroad = new Abroad();
        String passport = abroad.issue(abroad.claims());
        String shown = abroad.show(passport);
        Instance first = enrolled(abroad, shown);
        assertThat(abroad.admissions.admit(shown, abroad.agentKey()))
                .isEqualTo(new Enrolment.Answer.Refused(Doubt.PASSPORT_REPLAYED));
        assertThat(enrolled(abroad, abroad.show(passport)).id()).isEqualTo(first.id());
        assertThat(abroad.store.instances(InstanceQuery.of(first.agent()), "", 9).items())
                .hasSize(1);
    }

    @Test
    @DisplayName("VC-006 one holder's passport shown with another's proof")
    void anothersProof() {
        Abroad abroad = new Abroad();
        String shown = abroad.show(abroad.issue(abroad.claims()));
        assertThat(abroad.admissions.admit(shown, Jwk.of(Abroad.keys().getPublic())))
                .isEqualTo(new Enrolment.Answer.Refused(Doubt.PASSPORT_KEY));
        enrolled(abroad, shown);
    }

    @Test
    void anIssuerBringsAsManyAgentsAsItMay() {
        Abroad abroad = new Abroad();
        for (int i = 0; i < Abroad.MOST; i++) {
            assertThat(admit(abroad, "worker-" + i, Abroad.keys()))
                    .isInstanceOf(Enrolment.Answer.Enrolled.class);
        }
        assertThat(admit(abroad, "worker-x", Abroad.keys()))
                .isEqualTo(new Enrolment.Answer.Refused(Doubt.PASSPORT_CEILING));
        assertThat(admit(abroad, "worker-0", Abroad.keys()))
                .as("one more instance of an agent that is here")
                .isInstanceOf(Enrolment.Answer.Enrolled.class);
    }

    @Test
    @DisplayName("VC-003 an enrolled instance ends when its issuer revokes it, and only that one")
    void revokedAbroad() {
        Abroad abroad = new Abroad();
        Instance ended = enrolled(abroad, abroad.show(abroad.issue(abroad.claims())));
        KeyPair others = Abroad.keys();
        Instance twin = ((Enrolment.Answer.Enrolled) admit(abroad, "worker-1", others)).instance();
        abroad.revoked.set(7);
        abroad.publish(abroad.issuerKeys, 300);
        assertThat(abroad.keeper.refresh(abroad.now)).as("not yet due").isZero();
        abroad.now = abroad.now.plusSeconds(301);
        assertThat(abroad.keeper.refresh(abroad.now)).isEqualTo(1);
        assertThat(abroad.store.instance(ended.id()).orElseThrow().revoked()).isTrue();
        assertThat(abroad.agents.instance(twin.id()).orElseThrow().revoked()).isFalse();
        abroad.revoked.clear(7);
        abroad.publish(abroad.issuerKeys, 300);
        abroad.now = abroad.now.plusSeconds(301);
        assertThat(
                        abroad.admissions.admit(
                                abroad.show(abroad.issue(abroad.claims())), abroad.agentKey()))
                .as("for good")
                .isEqualTo(new Enrolment.Answer.Refused(Doubt.PASSPORT_REVOKED));
    }

    @Test
    @DisplayName(
            "VC-003 a list that cannot be read again holds for its ttl and the grace, no longer")
    void staleList() {
        Abroad abroad = new Abroad();
        Instance instance = enrolled(abroad, abroad.show(abroad.issue(abroad.claims())));
        abroad.web.clear();
        abroad.now = abroad.now.plusSeconds(300).plus(ForeignIssuer.GRACE).minusSeconds(1);
        abroad.keeper.refresh(abroad.now);
        assertThat(abroad.agents.instance(instance.id()).orElseThrow().revoked()).isFalse();
        abroad.now = abroad.now.plusSeconds(1);
        abroad.keeper.refresh(abroad.now);
        assertThat(abroad.agents.instance(instance.id()).orElseThrow().revoked()).isTrue();
        abroad.publish(abroad.issuerKeys, 300);
        abroad.now = abroad.now.plusSeconds(10);
        abroad.keeper.refresh(abroad.now);
        assertThat(abroad.agents.instance(instance.id()).orElseThrow().revoked()).isFalse();
    }

    @Test
    @DisplayName("CLOCK an instance ends with its passport, and a newer passport renews it")
    void expiry() {
        Abroad abroad = new Abroad();
        Instance instance = enrolled(abroad, abroad.show(abroad.issue(abroad.claims())));
        abroad.now = abroad.now.plus(Duration.ofDays(30));
        abroad.publish(abroad.issuerKeys, 300);
        abroad.keeper.refresh(abroad.now);
        assertThat(abroad.agents.instance(instance.id()).orElseThrow().revoked()).isTrue();
        enrolled(abroad, abroad.show(abroad.issue(abroad.claims())));
        assertThat(abroad.agents.instance(instance.id()).orElseThrow().revoked()).isFalse();
    }

    @Test
    @DisplayName("VC-004 whoever is no longer trusted takes all of theirs along")
    void distrusted() {
        Abroad abroad = new Abroad();
        Instance instance = enrolled(abroad, abroad.show(abroad.issue(abroad.claims())));
        Issuers none =
                new Issuers(
                        Abroad.GATEWAY,
                        OneKey.of(KeyUse.PASSPORTS, abroad.passportKeys),
                        List.of(),
                        (_, _) -> Optional.empty(),
                        abroad.store,
                        abroad.ledger);
        AdmittedAgents now = new AdmittedAgents(abroad.store, abroad.store, none, () -> abroad.now);
        assertThat(now.instance(instance.id()).orElseThrow().revoked()).isTrue();
    }

    @Test
    @DisplayName("KEYS an issuer's new key is found, its old one ends, failures are not remembered")
    void rotation() {
        Did did = Did.of("did:web:issuer.example").orElseThrow();
        Abroad abroad = new Abroad(Optional.of(new KeySource.OfDid(did)));
        assertThat(
                        abroad.admissions.admit(
                                abroad.show(abroad.issue(abroad.claims())), abroad.agentKey()))
                .isEqualTo(new Enrolment.Answer.Refused(Doubt.PASSPORT_SIGNATURE));
        did(abroad, "did:web:elsewhere.example", abroad.issuerKeys);
        abroad.now = abroad.now.plusSeconds(6);
        assertThat(
                        abroad.admissions.admit(
                                abroad.show(abroad.issue(abroad.claims())), abroad.agentKey()))
                .as("VC-004 another's document")
                .isEqualTo(new Enrolment.Answer.Refused(Doubt.PASSPORT_SIGNATURE));
        did(abroad, "did:web:issuer.example", abroad.issuerKeys);
        abroad.now = abroad.now.plusSeconds(6);
        abroad.publish(abroad.issuerKeys, 300);
        enrolled(abroad, abroad.show(abroad.issue(abroad.claims())));
        did(abroad, "did:web:issuer.example", abroad.otherIssuerKeys);
        abroad.now = abroad.now.plus(KeyRing.LIFE);
        abroad.publish(abroad.otherIssuerKeys, 300);
        assertThat(
                        abroad.admissions.admit(
                                abroad.show(abroad.issue(abroad.claims())), abroad.agentKey()))
                .isEqualTo(new Enrolment.Answer.Refused(Doubt.PASSPORT_SIGNATURE));
    }

    @Test
    @DisplayName("LIMIT forged signatures do not have an issuer's keys fetched again and again")
    void fetchedOnceAMinute() {
        Did did = Did.of("did:web:issuer.example").orElseThrow();
        Abroad abroad = new Abroad(Optional.of(new KeySource.OfDid(did)));
        did(abroad, "did:web:issuer.example", abroad.otherIssuerKeys);
        for (int i = 0; i < 100; i++) {
            abroad.admissions.admit(abroad.show(abroad.issue(abroad.claims())), abroad.agentKey());
        }
        assertThat(abroad.fetches).hasValue(1);
    }

    private static void did(Abroad abroad, String did, KeyPair keys) {
        Value.Fields method =
                Value.object()
                        .put("id", did + "#1")
                        .put("controller", did)
                        .put("publicKeyJwk", Jwk.of(keys.getPublic()).members())
                        .build();
        abroad.web.put(
                "https://issuer.example/.well-known/did.json",
                Value.object()
                        .put("id", did)
                        .put("verificationMethod", new Value.Items(List.of(method)))
                        .put("assertionMethod", Value.ofTexts(List.of("#1")))
                        .build()
                        .json()
                        .getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anOwnPassportEnrolsItsAgentAndItsRevocationEndsTheInstanceAtOnce() {
        Abroad abroad = new Abroad();
        Agent agent =
                new Agent(new AgentId("agt_1"), "worker", abroad.now, new Agent.Standing.Good());
        abroad.ledger.append(new Event.AgentAdded(agent, "x"), abroad.now);
        PassportOffice.Issued issued =
                abroad.office.issue(agent.id(), abroad.agentKey(), Duration.ofDays(1), "x");
        Instance instance = enrolled(abroad, abroad.show(issued.text()));
        assertThat(instance.agent()).isEqualTo(agent.id());
        assertThat(status(abroad, 0)).isZero();
        abroad.office.revoke(new PassportId("psp_0"), "x");
        assertThat(abroad.store.instance(instance.id()).orElseThrow().revoked()).isTrue();
        assertThat(status(abroad, 0)).isEqualTo(1);
        assertThat(abroad.admissions.admit(abroad.show(issued.text()), abroad.agentKey()))
                .isEqualTo(new Enrolment.Answer.Refused(Doubt.PASSPORT_REVOKED));
        assertThat(abroad.office.list(1)).isEmpty();
        assertThat(abroad.fetches).as("of its own list").hasValue(0);
    }

    private static int status(Abroad abroad, long index) {
        Jws list = Jws.read(abroad.office.list(0).orElseThrow(), StatusList.LONGEST).orElseThrow();
        assertThat(list.isSignedBy(Jwk.of(abroad.passportKeys.getPublic()))).isTrue();
        return StatusList.read(list.claims().fields("status_list").orElseThrow())
                .orElseThrow()
                .at(index)
                .orElseThrow();
    }

    private static Enrolment.Answer admit(Abroad abroad, String subject, KeyPair keys) {
        String passport = abroad.issue(abroad.claims(Abroad.ISSUER, subject, keys, 8));
        String shown =
                new DpopSigner(keys)
                        .presentation(passport, Abroad.GATEWAY, abroad.fresh(), abroad.now);
        return abroad.admissions.admit(shown, Jwk.of(keys.getPublic()));
    }

    private static Instance enrolled(Abroad abroad, String shown) {
        Enrolment.Answer answer = abroad.admissions.admit(shown, abroad.agentKey());
        assertThat(answer).isInstanceOf(Enrolment.Answer.Enrolled.class);
        return ((Enrolment.Answer.Enrolled) answer).instance();
    }
}
