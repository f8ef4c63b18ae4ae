package dev.remit.testkit;

import static dev.remit.testkit.StoreContract.assertObjected;
import static dev.remit.testkit.StoreContract.assertStored;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.conduct.Excess;
import dev.remit.conduct.Subject;
import dev.remit.identity.Agent;
import dev.remit.identity.Instance;
import dev.remit.ledger.Event;
import dev.remit.ledger.InstanceRestored;
import dev.remit.ledger.InstanceSuspended;
import dev.remit.ledger.LedgerStore.Stored;
import dev.remit.ledger.Overstepped;
import dev.remit.mandate.Mandate;
import dev.remit.testkit.StoreContract.Check;
import dev.remit.testkit.StoreContract.Opened;
import java.util.List;
import java.util.Map;

/** The part of {@link StoreContract} that is about refusals, and what follows from them. */
final class ConductContract {
    static final Map<String, Check> CHECKS =
            Map.of(
                    "aRefusalIsWrittenWhateverHasMoved", ConductContract::refusals,
                    "oversteppingIsShownByStrikesThatCount", ConductContract::shown,
                    "aSuspendedInstanceIsAllowedNothingUntilItIsRestored", ConductContract::held,
                    "whatIsForgivenIsNoEvidence", ConductContract::forgiven);

    private ConductContract() {}

    private static void refusals(Opened store, Sample sample) {
        Mandate mandate = sample.ready("a");
        sample.append(new Event.MandateChanged(mandate.with(Sample.ENDED), "x"));
        assertStored(sample.append(sample.refused(mandate, 1, "1")));
        assertThat(store.mandates().find(mandate.id()).orElseThrow().usage().strikes())
                .isEqualTo(1);
    }

    private static long strike(Sample sample, Mandate mandate, String call) {
        return ((Stored.At) sample.append(sample.refused(mandate, 2, call))).index();
    }

    private static Overstepped over(Subject counted, Subject stopped, Long... evidence) {
        return new Overstepped(
                new Excess(counted, stopped, "rule", 4, 2L * evidence.length, List.of(evidence)));
    }

    private static void shown(Opened store, Sample sample) {
        Mandate mandate = sample.ready("a");
        sample.ready("b");
        Subject agent = new Subject.OfAgent(mandate.agent());
        Subject instance = new Subject.OfInstance(sample.instance("a", "1").id());
        Subject other = new Subject.OfAgent(sample.agent("b").id());
        long one = strike(sample, mandate, "1");
        assertObjected(sample.append(over(agent, agent, one))); // less than is borne
        long two = strike(sample, mandate, "2");
        assertObjected(sample.append(over(other, other, one, two)));
        assertObjected(sample.append(over(agent, other, one, two)));
        assertObjected(sample.append(over(agent, agent, one, two + 1)));
        assertObjected(sample.append(over(agent, agent, one, one)));
        assertStored(sample.append(over(instance, agent, one, two)));
        assertObjected(sample.append(over(agent, agent, one, two)));
        assertThat(store.agents().agent(mandate.agent()).orElseThrow().standing())
                .isInstanceOf(Agent.Standing.Suspended.class);
        assertStored(sample.append(over(new Subject.OfMandate(mandate.id()), instance, one, two)));
        assertStored(sample.append(over(instance, new Subject.OfMandate(mandate.id()), one, two)));
        assertThat(store.mandates().find(mandate.id()).orElseThrow().mandate().status())
                .isInstanceOf(Mandate.Status.Revoked.class);
    }

    private static void held(Opened store, Sample sample) {
        Mandate mandate = sample.ready("a");
        Instance instance = sample.instance("a", "1");
        Event suspended = new InstanceSuspended(instance.id(), instance.agent(), "odd", "x");
        Event restored = new InstanceRestored(instance.id(), instance.agent(), "x");
        assertObjected(sample.append(restored));
        assertStored(sample.append(suspended));
        assertObjected(sample.append(suspended));
        assertObjected(sample.append(sample.allowed(mandate, "free", "1")));
        assertThat(store.agents().instance(instance.id()).filter(Instance::mayAct)).isEmpty();
        assertThat(FleetContract.instances(store, sample.agent("a")))
                .allMatch(one -> one.suspension().isPresent());
        assertStored(sample.append(restored));
        assertStored(sample.append(sample.allowed(mandate, "free", "2")));
    }

    private static void forgiven(Opened store, Sample sample) {
        Mandate mandate = sample.ready("a");
        Subject agent = new Subject.OfAgent(mandate.agent());
        Subject instance = new Subject.OfInstance(sample.instance("a", "1").id());
        long one = strike(sample, mandate, "1");
        long two = strike(sample, mandate, "2");
        assertStored(sample.append(over(agent, instance, one, two)));
        assertStored(
                sample.append(
                        new InstanceRestored(
                                sample.instance("a", "1").id(), mandate.agent(), "x")));
        assertObjected(sample.append(over(agent, agent, one, two)));
        assertObjected(sample.append(over(instance, instance, one, two)));
        assertThat(store.mandates().find(mandate.id()).orElseThrow().usage().strikes()).isZero();
        long three = strike(sample, mandate, "3");
        assertObjected(sample.append(over(agent, agent, two, three)));
        long four = strike(sample, mandate, "4");
        assertStored(sample.append(over(agent, agent, three, four)));
    }
}
