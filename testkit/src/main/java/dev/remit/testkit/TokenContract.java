package dev.remit.testkit;

import static dev.remit.testkit.StoreContract.assertObjected;
import static dev.remit.testkit.StoreContract.assertStored;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.identity.Instance;
import dev.remit.ledger.Event;
import dev.remit.testkit.StoreContract.Check;
import dev.remit.testkit.StoreContract.Opened;
import java.time.Instant;
import java.util.Map;

/** The part of {@link StoreContract} that is about an instance's tokens. */
final class TokenContract {
    static final Map<String, Check> CHECKS =
            Map.of(
                    "aRefreshTokenIsUsedOnceAndInOrder", TokenContract::renewed,
                    "nothingIsRenewedForARevokedInstance", TokenContract::ended,
                    "tokensAreRevokedAsOfAMoment", TokenContract::revoked);

    private TokenContract() {}

    private static Event renewal(Instance instance, long number) {
        return new Event.TokenRenewed(instance.id(), instance.agent(), number);
    }

    private static void renewed(Opened store, Sample sample) {
        sample.ready("a");
        Instance instance = sample.instance("a", "1");
        assertObjected(sample.append(renewal(instance, 1)));
        assertStored(sample.append(renewal(instance, 0)));
        assertObjected(sample.append(renewal(instance, 0)));
        assertStored(sample.append(renewal(instance, 1)));
        assertThat(store.agents().instance(instance.id()).orElseThrow().renewals()).isEqualTo(2);
    }

    private static void ended(Opened store, Sample sample) {
        sample.ready("a");
        Instance instance = sample.instance("a", "1");
        sample.append(new Event.InstanceRevoked(instance.id(), instance.agent(), "x"));
        assertObjected(sample.append(renewal(instance, 0)));
    }

    private static void revoked(Opened store, Sample sample) {
        sample.ready("a");
        Instance instance = sample.instance("a", "1");
        Instant moment = Sample.START.plusSeconds(7);
        assertStored(
                sample.append(
                        new Event.TokensRevoked(instance.id(), instance.agent(), moment, "x")));
        assertThat(store.agents().instance(instance.id()))
                .contains(instance.withTokensFrom(moment));
        assertThat(FleetContract.instances(store, sample.agent("a")))
                .containsExactly(instance.withTokensFrom(moment));
    }
}
