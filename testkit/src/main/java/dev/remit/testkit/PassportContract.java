package dev.remit.testkit;

import static dev.remit.testkit.StoreContract.assertObjected;
import static dev.remit.testkit.StoreContract.assertStored;

import dev.remit.call.Digest;
import dev.remit.identity.Actor;
import dev.remit.identity.Admission;
import dev.remit.identity.Agent;
import dev.remit.identity.Instance;
import dev.remit.identity.Jwk;
import dev.remit.identity.Passport;
import dev.remit.identity.PassportId;
import dev.remit.identity.Revocation;
import dev.remit.ledger.Event;
import dev.remit.mandate.Mandate;
import dev.remit.testkit.StoreContract.Check;
import dev.remit.testkit.StoreContract.Opened;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The part of {@link StoreContract} that is about whom a passport or somebody else vouches for. */
final class PassportContract {
    static final Map<String, Check> CHECKS =
            Map.of(
                    "aPassportsNumberIsTakenOnce", PassportContract::number,
                    "aPassportIsRevokedOnce", PassportContract::revokedOnce,
                    "noPassportForARevokedAgent", PassportContract::agentRevoked,
                    "noPassportForARevokedKey", PassportContract::keyRevoked,
                    "nobodyIsAdmittedByARevokedPassport", PassportContract::passportRevoked,
                    "nobodyIsAdmittedByARevokedIssuer", PassportContract::issuerRevoked,
                    "nobodyIsAdmittedToASuspendedAgent", PassportContract::suspended,
                    "nothingIsPassedOnByWhoeverHasEnded", PassportContract::behind);
    private static final String ISSUER = "https://issuer.example";

    private PassportContract() {}

    private static Passport passport(Sample sample, String id) {
        Digest key = sample.instance("a", "1").key().map(Jwk::thumbprint).orElseThrow();
        return new Passport(
                new PassportId(id),
                sample.agent("a").id(),
                key,
                Sample.START,
                Sample.START.plus(Duration.ofDays(1)),
                false);
    }

    private static Event issued(Sample sample, String id) {
        return new Event.PassportIssued(passport(sample, id), "x");
    }

    private static Event admitted(Sample sample, Optional<PassportId> by) {
        Instance one = sample.instance("a", "2");
        Admission admission =
                new Admission(
                        Admission.instance(
                                one.agent(), one.key().map(Jwk::thumbprint).orElseThrow()),
                        ISSUER,
                        by,
                        ISSUER + "/lists/0",
                        1,
                        Sample.START.plus(Duration.ofDays(1)));
        return new Event.InstanceAdmitted(
                Instance.enrolled(
                        admission.instance(), one.agent(), one.key().orElseThrow(), Sample.START),
                admission);
    }

    private static void number(Opened store, Sample sample) {
        sample.append(new Event.AgentAdded(sample.agent("a"), "x"));
        assertStored(sample.append(issued(sample, "psp_1")));
        assertObjected(sample.append(issued(sample, "psp_1")));
        assertStored(sample.append(issued(sample, "psp_2")));
    }

    private static void revokedOnce(Opened store, Sample sample) {
        sample.append(new Event.AgentAdded(sample.agent("a"), "x"));
        Event revoked = new Event.PassportRevoked(new PassportId("psp_1"), "x");
        assertObjected(sample.append(revoked));
        assertStored(sample.append(issued(sample, "psp_1")));
        assertStored(sample.append(revoked));
        assertObjected(sample.append(revoked));
    }

    private static void agentRevoked(Opened store, Sample sample) {
        Agent agent = sample.agent("a");
        sample.append(new Event.AgentAdded(agent, "x"));
        assertStored(sample.append(issued(sample, "psp_1")));
        Agent ended = agent.with(new Agent.Standing.Revoked("why", Sample.START));
        assertStored(sample.append(new Event.AgentChanged(ended, "x")));
        assertObjected(sample.append(issued(sample, "psp_2")));
    }

    private static void keyRevoked(Opened store, Sample sample) {
        sample.append(new Event.AgentAdded(sample.agent("a"), "x"));
        assertStored(sample.append(issued(sample, "psp_1")));
        Revocation.Of key = new Revocation.Of.Key(passport(sample, "psp_1").key());
        assertStored(sample.append(new Event.Revoked(key, "stolen", "x")));
        assertObjected(sample.append(issued(sample, "psp_2")));
    }

    private static void passportRevoked(Opened store, Sample sample) {
        sample.append(new Event.AgentAdded(sample.agent("a"), "x"));
        sample.append(issued(sample, "psp_1"));
        sample.append(issued(sample, "psp_2"));
        sample.append(new Event.PassportRevoked(new PassportId("psp_1"), "x"));
        assertObjected(sample.append(admitted(sample, Optional.of(new PassportId("psp_1")))));
        assertStored(sample.append(admitted(sample, Optional.of(new PassportId("psp_2")))));
    }

    private static void issuerRevoked(Opened store, Sample sample) {
        sample.append(new Event.AgentAdded(sample.agent("a"), "x"));
        assertStored(sample.append(admitted(sample, Optional.empty())));
        sample.append(new Event.Revoked(new Revocation.Of.Issuer(ISSUER), "hacked", "x"));
        assertObjected(sample.append(admitted(sample, Optional.empty())));
    }

    private static void suspended(Opened store, Sample sample) {
        Agent agent = sample.agent("a");
        sample.append(new Event.AgentAdded(agent, "x"));
        assertStored(sample.append(admitted(sample, Optional.empty())));
        Agent stopped = agent.with(new Agent.Standing.Suspended("why", Sample.START));
        sample.append(new Event.AgentChanged(stopped, "x"));
        assertObjected(sample.append(admitted(sample, Optional.empty())));
    }

    private static void behind(Opened store, Sample sample) {
        Mandate mandate = sample.ready("a");
        Instance to = sample.instance("a", "1");
        Instance from = sample.enrol("a", "2");
        Event token =
                new Event.TokenIssued(
                        to.id(),
                        to.agent(),
                        List.of(new Actor(from.agent(), from.id())),
                        Optional.empty(),
                        "tok");
        assertStored(sample.append(token));
        assertStored(sample.append(by(from, sample.allowed(mandate, "free", "1"))));
        sample.append(new Event.InstanceRevoked(from.id(), from.agent(), "x"));
        assertObjected(sample.append(token));
        assertObjected(sample.append(by(from, sample.allowed(mandate, "free", "2"))));
        assertStored(sample.append(sample.allowed(mandate, "free", "3")));
    }

    private static Event by(Instance from, Event.Decided decided) {
        return new Event.Decided(
                decided.call(),
                decided.instance(),
                decided.agent(),
                List.of(new Actor(from.agent(), from.id())),
                decided.binding(),
                decided.mandate(),
                decided.tool(),
                decided.toolDefinition(),
                decided.ruling(),
                decided.arguments(),
                List.of(),
                Optional.empty());
    }
}
