package dev.remit.bench;

import dev.remit.call.Call;
import dev.remit.decision.Case;
import dev.remit.decision.Decision;
import dev.remit.decision.Judge;
import dev.remit.decision.Rules;
import dev.remit.identity.Caller;
import dev.remit.identity.Instance;
import dev.remit.identity.SignInDemand;
import dev.remit.ledger.Ledger;
import dev.remit.main.Names;
import dev.remit.mandate.Permissions;
import dev.remit.mandate.Sheet;
import dev.remit.mandate.Usage;
import dev.remit.testkit.MemoryStore;
import java.time.Instant;
import java.util.Optional;

/** An agent that has a mandate, as the judge sees its calls. */
final class OneCaller {
    private final Instant now = Instant.now();
    private final Judge judge = new Judge();
    private final MemoryStore store = new MemoryStore();
    private final Caller caller = caller();

    private Caller caller() {
        Callers callers = new Callers(store, now);
        Ledger ledger = new Ledger(store, () -> Names.random(16));
        Instance instance = callers.enrol("bench", event -> ledger.append(event, now));
        return callers.caller(instance, Optional.empty());
    }

    /** A call of it, under these permissions and rules. */
    Case file(Permissions permissions, Call call, Rules rules) {
        return new Case(
                caller,
                store.agent(caller.agent()).orElseThrow(),
                Optional.of(
                        new Sheet(
                                Office.mandate("bench", caller.agent(), permissions, now),
                                Usage.none(now))),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Office.pin()),
                Optional.empty(),
                SignInDemand.NONE,
                Optional.empty(),
                Optional.empty(),
                rules,
                call,
                now);
    }

    /** Decides, and fails if it is not as it should be. */
    Decision decide(Case file, boolean allow) {
        Decision decision = judge.decide(file);
        if (decision instanceof Decision.Allow != allow) {
            throw new IllegalStateException("decided otherwise: " + decision);
        }
        return decision;
    }
}
