package dev.remit.giving;

import dev.remit.call.CallId;
import dev.remit.console.Trials;
import dev.remit.decision.Judge;
import dev.remit.decision.Rules;
import dev.remit.gate.Clerk;
import dev.remit.gate.Demands;
import dev.remit.gate.Foresight;
import dev.remit.gate.Recall;
import dev.remit.gate.Rehearsal;
import dev.remit.identity.Authenticator;
import dev.remit.identity.KeyPage;
import dev.remit.identity.KeyUse;
import dev.remit.identity.MemoryReplayGuard;
import dev.remit.identity.Nonces;
import dev.remit.identity.Proofs;
import dev.remit.identity.SigningKeys;
import dev.remit.identity.Unbound;
import dev.remit.main.Names;
import dev.remit.registry.ActRefused;
import dev.remit.rules.RuleFolder;
import dev.remit.rules.RulesUnreadable;
import dev.remit.testkit.MemoryStore;
import java.time.InstantSource;
import java.util.Set;

/** Calls that are tried on the books as they are, and rules that are read as they are pasted. */
final class Rehearsing {
    private Rehearsing() {}

    static Trials of(MemoryStore store, String origin, InstantSource clock) {
        Clerk clerk =
                new Clerk(
                        store,
                        store,
                        store,
                        store,
                        store.questions(),
                        Demands.NONE,
                        Recall.none(),
                        Rules::none,
                        clock);
        KeyPage none = KeyPage.empty(KeyUse.TOKENS);
        Authenticator authenticator =
                new Authenticator(
                        origin,
                        new SigningKeys(
                                KeyUse.TOKENS,
                                _ -> none,
                                _ -> {
                                    throw new IllegalStateException("nobody gets a token here");
                                }),
                        new Proofs(
                                Set.of(origin),
                                new MemoryReplayGuard(10),
                                new Nonces(new byte[32], Nonces.Demand.WHEN_NEEDED)),
                        store,
                        Unbound.CAPPED);
        return new Trials(
                new Rehearsal(
                        authenticator,
                        store,
                        new Foresight(clerk, new Judge()),
                        () -> new CallId("call_" + Names.fresh()),
                        clock),
                Rules::none,
                (text, _) -> {
                    try {
                        return RuleFolder.ofText("pasted", text, RuleFolder.Fallback.PERMIT);
                    } catch (RulesUnreadable e) {
                        throw new ActRefused(String.valueOf(e.getMessage()));
                    }
                });
    }
}
